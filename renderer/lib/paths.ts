// Paths as text only: the window can't look at a disk.

/** Joins a folder and a name in the manner of the platform (`win32` or anything else). */
export function joinPath(folder: string, name: string, platform: string): string {
  const separator = platform === 'win32' ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
}

/** Last part of a path. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}

/** The folder of a path; empty when there is none. */
export function parentFolder(path: string): string {
  const trimmed = path.replace(/[\\/]+$/, '')
  const cut = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'))
  return cut <= 0 ? trimmed.slice(0, cut + 1) : trimmed.slice(0, cut)
}

/** A company's name as a folder name: what no file system takes becomes a dash. */
export function fileNameOf(text: string): string {
  return text
    .trim()
    .replace(/[\\/:*?"<>|\u0000-\u001F]+/g, '-')
    .replace(/^\.+|[. ]+$/g, '')
}
