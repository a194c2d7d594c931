// Made-up customers for the measurements: seeded, so that every run has the same.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

export const columns = [
  '客户编号',
  '客户姓名',
  '身份证号',
  '手机号码',
  '电子邮箱',
  '联系地址',
  '银行卡号',
  '出生日期',
  '建档日期',
  '备注',
]

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉力宁']
const places = [
  '浙江省杭州市西湖区',
  '上海市静安区',
  '广东省深圳市南山区',
  '北京市海淀区',
  '四川省成都市锦江区',
]
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const two = (value: number) => String(value).padStart(2, '0')

/** An ID with a right check digit in a county (99) that isn't assigned. */
function residentId(birth: string, serial: number): string {
  const body = `330199${birth.replaceAll('-', '')}${String(serial % 1000).padStart(3, '0')}`
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body.charAt(index)), 0)
  return body + '10X98765432'.charAt(sum % 11)
}

function cardNumber(serial: number): string {
  const body = `62000000${String(serial).padStart(7, '0')}`
  const sum = [...body].toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

const pick = (from: readonly string[], number: number) => from[number % from.length] ?? ''

export function customerCells(index: number): string[] {
  const birth = `${1950 + (index % 50)}-${two(1 + (index % 12))}-${two(1 + (index % 28))}`
  const name =
    pick(surnames, index * 7) +
    pick(given, index * 13 + 5) +
    (index % 3 === 0 ? '' : pick(given, index * 31 + 11))
  return [
    `KH${String(index).padStart(7, '0')}`,
    name,
    residentId(birth, index),
    `1700${String(index).padStart(7, '0')}`,
    `user${index}@example.com`,
    `${pick(places, index)}桂花路${1 + (index % 300)}号${1 + (index % 20)}幢${100 + (index % 2000)}室`,
    cardNumber(index),
    birth,
    `20${two(15 + (index % 10))}-${two(1 + (index % 12))}-15`,
    index % 10 === 0 ? '老客户，预付卡余额待退' : '',
  ]
}

/** Writes `rows` customers as a CSV file in UTF-8. No cell holds a comma or a quote. */
export async function writeCustomers(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(`${columns.join(',')}\n`)
  for (let index = 0; index < rows; index += 1) {
    if (!file.write(`${customerCells(index).join(',')}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}
