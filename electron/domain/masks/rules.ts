// The `standard` profile as a table, for documentation screens and for the test that holds the words to the code.

import type { FieldKind } from './types.ts'

export interface MaskRule {
  kind: FieldKind
  ruleName: string
  example: readonly [clear: string, masked: string]
  source: string
}

export const maskRules: readonly MaskRule[] = [
  {
    kind: 'name',
    ruleName: 'chinese-name',
    example: ['张三丰', '张**'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'name',
    ruleName: 'other-name',
    example: ['Mary Ann Lee', 'M*** A** L**'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'mobile',
    ruleName: 'mobile',
    example: ['13812341234', '138****1234'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'landline',
    ruleName: 'landline',
    example: ['0571-87654386', '0571-******86'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'phone',
    ruleName: 'foreign-phone',
    example: ['+1 415 555 2686', '+1 415 *** **86'],
    source: 'ITU-T E.164',
  },
  {
    kind: 'residentId',
    ruleName: 'resident-id',
    example: ['11010519491231002X', '1****************X'],
    source: 'GB 11643-1999',
  },
  {
    kind: 'passport',
    ruleName: 'passport',
    example: ['E12345678', 'E1*****78'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'bankCard',
    ruleName: 'bank-card',
    example: ['6217001860913904367', '**** **** **** 4367'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'email',
    ruleName: 'email',
    example: ['zhang@example.com', 'z***@example.com'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'address',
    ruleName: 'address',
    example: ['浙江省杭州市西湖区文三路478号', '浙江省杭州市西湖区****'],
    source: 'GB/T 2260',
  },
  {
    kind: 'birthDate',
    ruleName: 'birth-date',
    example: ['1990-05-17', '1990-**-**'],
    source: 'Guicang, profile standard',
  },
  {
    kind: 'uscc',
    ruleName: 'uscc',
    example: ['91350100M000100Y43', '91**************43'],
    source: 'GB 32100-2015',
  },
  { kind: 'text', ruleName: 'text', example: ['VIP', '***'], source: 'Guicang' },
]
