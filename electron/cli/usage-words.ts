// What is wrong with the arguments, in the language of the terminal.
import { isChinese } from './words.ts'

const options = (names: readonly string[]): string => names.map((name) => `--${name}`).join(', ')

const english = {
  noVerb: 'a group and a verb are needed',
  unknownVerb: (words: string) => `unknown: ${words}`,
  unknownOption: (name: string) => `unknown option: ${name}`,
  wrongValue: (name: string) => `${name} has no value, or one that it doesn't take`,
  wrong: 'wrong arguments',
  oneFolder: 'exactly one DIR is needed',
  noPositional: 'no positional argument is taken',
  needed: (name: string) => `--${name} is needed`,
  wholeNumber: (name: string) => `--${name} takes a whole number`,
  oneOf: (name: string, allowed: readonly string[]) => `--${name} is one of ${allowed.join(', ')}`,
  noFields: '--fields names at least one field',
  idsOrFile: '--ids A,B or --file F.json is needed',
  amountAlone: '--amount and --currency go with --relief',
  columnOrField: 'either --column or --field',
  nothingToSet: (names: readonly string[]) => `nothing to change; there are ${options(names)}`,
}

const chinese: typeof english = {
  noVerb: '需要一个命令组和一个命令',
  unknownVerb: (words) => `没有这个命令：${words}`,
  unknownOption: (name) => `没有这个选项：${name}`,
  wrongValue: (name) => `${name} 缺少值，或者给了它不接受的值`,
  wrong: '参数有误',
  oneFolder: '需要且只需要一个 DIR',
  noPositional: '这个命令不接受选项以外的参数',
  needed: (name) => `需要 --${name}`,
  wholeNumber: (name) => `--${name} 应为整数`,
  oneOf: (name, allowed) => `--${name} 只能是以下之一：${allowed.join('、')}`,
  noFields: '--fields 至少要写一个字段',
  idsOrFile: '需要 --ids A,B 或者 --file F.json',
  amountAlone: '--amount 和 --currency 要与 --relief 一起使用',
  columnOrField: '--column 和 --field 只能用一个',
  nothingToSet: (names) => `没有要修改的内容；可用的选项：${options(names)}`,
}

/** Where the usage of all verbs begins. */
export function usageHead(): string[] {
  const form = 'guicang <group> <verb> … [--json] [--user NAME] [--passphrase-file F]'
  return isChinese()
    ? [form, '口令来自环境变量 GUICANG_PASSPHRASE 或文件，不能写在参数里。']
    : [form, 'The passphrase comes from GUICANG_PASSPHRASE or a file, never from an argument.']
}

export function usageWords(): typeof english {
  return isChinese() ? chinese : english
}
