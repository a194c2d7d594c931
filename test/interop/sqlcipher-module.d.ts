// The little of @journeyapps/sqlcipher that the tests use: the package is installed on demand, so its own types may be absent.
declare module '@journeyapps/sqlcipher' {
  interface Connection {
    exec(sql: string, done: (error: Error | null) => void): void
    all(sql: string, done: (error: Error | null, rows: unknown[]) => void): void
    close(done: (error: Error | null) => void): void
  }
  interface Module {
    readonly OPEN_READONLY: number
    readonly OPEN_READWRITE: number
    readonly OPEN_CREATE: number
    readonly Database: new (path: string, mode: number, done: (error: Error | null) => void) => Connection
  }
  const sqlcipher: Module
  export default sqlcipher
}
