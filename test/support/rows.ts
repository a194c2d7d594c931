// Made-up customers and complaints for import tests: valid numbers, no real person.
import Papa from 'papaparse'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A resident ID with a right check digit (GB 11643). */
export function residentId(index: number): string {
  const body = `510107${1950 + (index % 50)}0${1 + (index % 9)}1${index % 10}${String(index % 1000).padStart(3, '0')}`
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0)
  return body + ('10X98765432'[sum % 11] ?? '')
}

const surnames = ['欧阳', '范', '赵', '钱', '孙', '司马', '周', '吴']
const given = ['懿一', '明远', '子涵', '思琪', '建国', '雨桐', '浩然', '晓彤']

export type CustomerCells = {
  客户编号: string
  姓名: string
  身份证号: string
  手机号: string
  邮箱: string
  地址: string
  备注: string
}

export function customerRow(index: number): CustomerCells {
  return {
    客户编号: `KH${String(index).padStart(6, '0')}`,
    姓名: `${surnames[index % 8] ?? ''}${given[Math.floor(index / 8) % 8] ?? ''}`,
    身份证号: residentId(index),
    手机号: `138${String(10_000_000 + index * 37).padStart(8, '0')}`,
    邮箱: `person${index}.box@mail${index}.example.org`,
    地址: `四川省成都市武侯区文三路${index}号${index % 30}幢2单元${100 + index}室`,
    备注: `回访暗语${index}号信箱`,
  }
}

export function customerRows(count: number, from = 1): CustomerCells[] {
  return Array.from({ length: count }, (_, index) => customerRow(from + index))
}

/** CSV text of rows, every cell quoted where it must be. */
export function csvOf(rows: readonly object[]): string {
  return `${Papa.unparse([...rows], { newline: '\r\n' })}\r\n`
}

export type ComplaintCells = {
  投诉编号: string
  客户编号: string
  投诉时间: string
  类别: string
  投诉内容: string
  状态: string
}

/** A complaint whose text names its customer's clear values. */
export function complaintRow(index: number): ComplaintCells {
  const customer = customerRow(index)
  return {
    投诉编号: `TS${String(index).padStart(6, '0')}`,
    客户编号: customer.客户编号,
    投诉时间: `2025-03-${String(1 + (index % 28)).padStart(2, '0')} 10:${String(index % 60).padStart(2, '0')}`,
    类别: '退款',
    投诉内容: `${customer.姓名}来电，手机${customer.手机号}，证件${customer.身份证号}，住${customer.地址}，要求退款。`,
    状态: '待受理',
  }
}
