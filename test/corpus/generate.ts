// A seeded corpus of complaint sentences with their personal data marked. The numbers are made up with right check digits; names and
// streets are drawn from lists of their own, so that the recognisers aren't measured by their own word lists alone.

import type { PiiType } from '../../electron/domain/recognisers/index.ts'

export interface Sample {
  text: string
  gold: { type: PiiType; start: number; end: number }[]
}

/** Reads `{name|唐芳}` marks out of a line. */
export function marked(line: string): Sample {
  const gold: Sample['gold'] = []
  let text = ''
  let point = 0
  const add = (piece: string): void => {
    text += piece
    point += [...piece].length
  }
  let done = 0
  for (const match of line.matchAll(/\{([a-z-]+)\|([^}]*)\}/gu)) {
    add(line.slice(done, match.index))
    const start = point
    add(match[2] ?? '')
    gold.push({ type: piiType(match[1] ?? ''), start, end: point })
    done = match.index + match[0].length
  }
  add(line.slice(done))
  return { text, gold }
}

function piiType(word: string): PiiType {
  switch (word) {
    case 'name':
    case 'mobile':
    case 'landline':
    case 'resident-id':
    case 'uscc':
    case 'bank-card':
    case 'passport':
    case 'email':
    case 'address':
    case 'intl-phone':
      return word
    default:
      throw new Error(`unknown type in the corpus: ${word}`)
  }
}

type Random = () => number

function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const families =
  '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 欧阳 上官 诸葛 司马 夏侯 尉迟'.split(
    ' ',
  )
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文辉建国玉兰春梅晓东海燕志鹏雪宇轩子涵浩然梓萱诗怡嘉懿',
]
const minority = [
  '阿依古丽·买买提',
  '迪丽热巴·艾合买提',
  '古力娜扎·拜合提亚',
  '扎西·多吉',
  '卓玛·央金',
  '买买提·吐尔逊',
  '巴特尔·苏和',
]
const english = [
  'John Smith',
  'Mary Ann Lee',
  'Robert Johnson',
  'Emily Carter',
  'David O’Brien',
  'Sarah Miller',
  'Kevin Nguyen',
  'Laura Garcia',
  'James Anderson',
  'Linda Martinez',
]
const streets = [
  '文三路',
  '解放路',
  '人民大道',
  '中山北路',
  '建国门外大街',
  '长江路',
  '学院南路',
  '天府三街',
  '和平巷',
  '滨江大道',
  '小寨东路',
  '科技南十二路',
]
const areas = [
  '浙江省杭州市西湖区',
  '北京市朝阳区',
  '上海市浦东新区',
  '广东省深圳市南山区',
  '四川省成都市武侯区',
  '陕西省西安市雁塔区',
  '江苏省苏州市姑苏区',
  '湖北省武汉市洪山区',
  '重庆市渝中区',
  '内蒙古自治区呼和浩特市新城区',
  '广州市天河区',
  '福建省厦门市思明区',
  '新疆维吾尔自治区乌鲁木齐市天山区',
]
const towns = [
  'Springfield, IL 62704',
  'Austin, TX 78701',
  'Portland, OR 97201',
  'Denver, CO 80202',
  'New Haven, CT 06511',
]
const englishStreets = [
  'Main Street',
  'Oak Avenue',
  'Maple Dr',
  'Washington Blvd',
  'Cedar Lane',
  'N. Lincoln Road',
  'Sunset Way',
  '5th Ave',
]
const regions = ['110105', '310115', '440305', '330106', '510107', '610113', '350203', '210102', '420111']

/** The same 420 samples at every call. */
export function generatedCorpus(): Sample[] {
  const random = seeded(20_251_123)
  const integer = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => {
    const item = list[integer(0, list.length - 1)]
    if (item === undefined) throw new Error('empty list in the corpus generator')
    return item
  }
  const digits = (count: number): string => Array.from({ length: count }, () => integer(0, 9)).join('')
  const wide = (text: string): string =>
    text.replaceAll(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
  const hide = (text: string): string => {
    const way = integer(0, 9)
    const middle = Math.floor(text.length / 2)
    if (way === 0) return wide(text)
    if (way === 1) return `${text.slice(0, middle)}\u200b${text.slice(middle)}`
    if (way === 2) return `${text.slice(0, middle)}\n${text.slice(middle)}`
    if (way === 3) return [...text].join(' ')
    return text
  }
  const mobile = (): string => {
    const number = `1${pick(['35', '38', '39', '50', '59', '77', '86', '89', '91', '98'])}${digits(8)}`
    const parts = [number.slice(0, 3), number.slice(3, 7), number.slice(7)]
    return pick([
      hide(number),
      parts.join(' '),
      parts.join('-'),
      `+86 ${number}`,
      `0086${number}`,
      `86-${number}`,
      number,
    ])
  }
  const residentId = (): string => {
    const day = `${integer(1950, 2005)}${String(integer(1, 12)).padStart(2, '0')}${String(integer(1, 28)).padStart(2, '0')}`
    const body = `${pick(regions)}${day}${digits(3)}`
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    const id =
      body +
      '10X98765432'.charAt(
        weights.reduce((sum, weight, at) => sum + weight * Number(body.charAt(at)), 0) % 11,
      )
    return pick([hide(id), `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`, id, id.toLowerCase()])
  }
  const card = (): string => {
    const [prefix, length] = pick([
      ['6217', 19],
      ['6222', 19],
      ['6228', 19],
      ['6225', 16],
      ['4392', 16],
      ['5187', 16],
    ] as const)
    const body = prefix + digits(length - 5)
    const sum = [...body].toReversed().reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
    const number = `${body}${(10 - (sum % 10)) % 10}`
    return pick([
      number,
      number.replaceAll(/(\d{4})(?=\d)/gu, '$1 '),
      number.replaceAll(/(\d{4})(?=\d)/gu, '$1-'),
      wide(number),
    ])
  }
  const uscc = (): string => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    const body = `91${pick(regions)}${Array.from({ length: 9 }, () => pick([...alphabet])).join('')}`
    const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    const sum = weights.reduce((total, weight, at) => total + weight * alphabet.indexOf(body.charAt(at)), 0)
    return body + alphabet.charAt((31 - (sum % 31)) % 31)
  }
  const name = (): string =>
    random() < 0.1 ? pick(minority) : pick(families) + pick(given) + (random() < 0.7 ? pick(given) : '')
  const landline = (): string =>
    `${pick(['010', '021', '0571', '0755', '028'])}${pick(['-', ' ', ''])}${integer(2, 8)}${digits(7)}`
  const foreign = (): string =>
    pick([
      `+1 415 555 ${integer(1000, 9999)}`,
      `+44 20 7946 0${integer(100, 999)}`,
      `+852 9123 ${integer(1000, 9999)}`,
      `+65 9123 ${integer(1000, 9999)}`,
      `(212) 555-${integer(1000, 9999)}`,
    ])
  const passport = (): string =>
    pick([
      `E${integer(30_000_000, 99_999_999)}`,
      `EA${integer(1_000_000, 9_999_999)}`,
      `G${integer(30_000_000, 99_999_999)}`,
    ])
  const email = (): string =>
    `${pick(['zhang', 'li.wei', 'chen_xy', 'hello+tag', 'mary-lee'])}${integer(1, 999)}@${pick(['example.com', 'mail.example.cn', 'example.org'])}`
  const address = (): string =>
    `${pick([...areas, ''])}${pick(streets)}${integer(1, 600)}号${pick(['', `${integer(1, 30)}幢${integer(1, 4)}单元${integer(101, 2500)}室`, `${integer(1, 9)}号楼${integer(101, 900)}`])}`
  const englishAddress = (): string =>
    `${integer(1, 9999)} ${pick(englishStreets)}${pick(['', `, Apt ${integer(1, 40)}`])}${pick(['', `, ${pick(towns)}`])}`

  const templates: (() => string)[] = [
    () => `投诉人{name|${name()}}，要求删除其个人信息，证件号：{resident-id|${residentId()}}。`,
    () =>
      `我叫{name|${name()}}，手机号{mobile|${mobile()}}，在贵公司购买的产品出现问题，要求退款${integer(10, 9999)}.${integer(10, 99)}元。`,
    () =>
      `客户{name|${name()}}（身份证{resident-id|${residentId()}}）来电投诉，订单号${digits(16)}，联系电话{mobile|${mobile()}}。`,
    () => `我的地址是{address|${address()}}，电话{mobile|${mobile()}}，必须给说法。`,
    () =>
      `{name|${name()}}先生反映：银行卡{bank-card|${card()}}被重复扣款${integer(100, 19_999)}元，邮箱{email|${email()}}。`,
    () => `联系人：{name|${name()}}，座机{landline|${landline()}}，公司统一社会信用代码{uscc|${uscc()}}。`,
    () =>
      `经办人{name|${name()}}答复称已于2025-0${integer(1, 9)}-1${integer(0, 9)} 10:${integer(10, 59)}处理，单号SF${digits(13)}。`,
    () =>
      `客户{name|${name()}}来电，称余额${integer(1000, 99_999)}元未退，护照号{passport|${passport()}}，境外电话{intl-phone|${foreign()}}。`,
    () => `请寄到{address|${address()}}，收件人{name|${name()}}，{mobile|${mobile()}}。`,
    () =>
      `向{name|${name()}}女士核实：卡号{bank-card|${card()}}，合同编号HT-2024-${digits(6)}，金额${integer(1, 9)},${digits(3)}.00元。`,
    () =>
      `My name is {name|${pick(english)}} and I live at {address|${englishAddress()}}. Call me at {intl-phone|${foreign()}}.`,
    () =>
      `On XX/XX/2019 I spoke with Mr. {name|${pick(english)}} about account XXXX, e-mail {email|${email()}}, amount {$${integer(100, 900)}.00}.`,
    () =>
      `Customer {name|${pick(english)}} paid with card {bank-card|${card()}} on 2024-0${integer(1, 9)}-12; order number ${digits(12)}.`,
    () =>
      `The company with code {uscc|${uscc()}} never answered; my passport {passport|${passport()}} was copied, reference no. ${digits(10)}.`,
    () =>
      `贵司客服态度恶劣，等待${integer(10, 90)}分钟，订单金额${integer(100, 99_999)}.${integer(10, 99)}元，投诉编号TS${digits(7)}，至今未回复。`,
  ]
  return Array.from({ length: 420 }, (_, index) => {
    const template = templates[index % templates.length]
    if (template === undefined) throw new Error('no template')
    return marked(template())
  })
}
