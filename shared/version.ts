// The program's version, for certificates and bags. A test holds it against package.json.
export const version = '0.1.0'
