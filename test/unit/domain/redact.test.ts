import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsPii, type KnownValue, redact } from '../../../electron/domain/redact.ts'
import { writtenForms } from '../../../electron/domain/normalise.ts'

describe('redact', () => {
  it('numbers distinct values in order of appearance and gives the same value the same number', () => {
    expect(redact('电话13812345678，备用139-1234-5678，还是１３８１２３４５６７８', [])).toEqual({
      text: '电话[手机号 1]，备用[手机号 2]，还是[手机号 1]',
      counts: { mobile: 3 },
    })
  })

  it('writes English placeholders into a text without Han characters', () => {
    const known: KnownValue[] = [{ type: 'name', value: 'John Smith' }]
    expect(redact('I am John Smith, call +1 415 555 2686 or mail js@example.com', known).text).toBe(
      'I am [name 1], call [intl phone 1] or mail [email 1]',
    )
  })

  it('has a placeholder for each type', () => {
    const text =
      '投诉人范懿一，身份证11010519491231002X，卡6217001860913909966，座机0571-87654321，护照E12345678，住浙江省杭州市西湖区文三路478号，邮箱a@example.com，代码91350100M000100Y43，境外+1 415 555 2686'
    expect(redact(text, []).text).toBe(
      '投诉人[姓名 1]，身份证[证件号 1]，卡[银行卡 1]，座机[座机 1]，护照[护照 1]，住[地址 1]，邮箱[邮箱 1]，代码[统一代码 1]，境外[境外电话 1]',
    )
  })

  it.each<[KnownValue, string, string]>([
    [{ type: 'name', value: '唐芳' }, '昨天唐 芳说过', '昨天[姓名 1]说过'],
    [{ type: 'name', value: '唐芳' }, '唐女士很生气', '[姓名 1]很生气'],
    [{ type: 'name', value: '唐芳' }, '唐\u200b芳没有签字', '[姓名 1]没有签字'],
    [{ type: 'name', value: '阿依古丽·买买提' }, '阿依古丽•买买提和阿依古丽买买提', '[姓名 1]和[姓名 1]'],
    [{ type: 'name', value: 'Mary Ann Lee' }, 'LEE, MARY ANN and mary lee', '[name 1] and [name 1]'],
    [{ type: 'mobile', value: '+86 13812345678' }, '138.1234.5678', '[phone 1]'],
    [{ type: 'mobile', value: '176889158' }, '请拨176889158', '请拨[手机号 1]'],
    [{ type: 'resident-id', value: '110105194912310021' }, '证号110105 19491231 0021', '证号[证件号 1]'],
    [{ type: 'resident-id', value: '11010519491231002X' }, '１１０１０５１９４９１２３１００２ｘ', '[ID 1]'],
    [{ type: 'bank-card', value: '622202000000000001' }, '账号6222 0200 0000 0000 01', '账号[银行卡 1]'],
    [{ type: 'email', value: 'Zhang@Example.com' }, 'write to zhang@example.COM', 'write to [email 1]'],
    [
      { type: 'address', value: '浙江省杭州市西湖区文三路193号12幢' },
      '就在文三路193号12幢楼下',
      '就在[地址 1]楼下',
    ],
    [{ type: 'landline', value: '0571-87654321' }, '打87654321找我', '打[座机 1]找我'],
  ])('takes out the known %o in %s', (known, text, expected) => {
    expect(redact(text, [known]).text).toBe(expected)
  })

  it('lets all of it go where a finding reaches over a known value', () => {
    expect(redact('电话+86 13812345678（本人）', [{ type: 'mobile', value: '13812345678' }]).text).toBe(
      '电话[手机号 1]（本人）',
    )
  })

  it('leaves a text without personal data as it is, and ignores values too short to be looked for', () => {
    const text = '贵司客服态度恶劣，订单金额15465.58元。'
    expect(
      redact(text, [
        { type: 'name', value: '客' },
        { type: 'mobile', value: '' },
      ]),
    ).toEqual({ text, counts: {} })
  })

  it('never keeps a known value, however it is written and whatever stands around it', () => {
    const known: KnownValue[] = [
      { type: 'name', value: '范懿一' },
      { type: 'mobile', value: '13812345678' },
      { type: 'resident-id', value: '110105194912310021' },
      { type: 'email', value: 'fan.yi1@example.com' },
      { type: 'bank-card', value: '6217001860913909966' },
    ]
    const filler = fc.constantFrom(
      '，',
      '客户',
      ' ',
      '投诉',
      '（',
      'x',
      '\n',
      '2024年',
      '[手机号 1]',
      '金额5元',
    )
    const mention = fc
      .constantFrom(...known)
      .chain(({ type, value }) => fc.constantFrom(...writtenForms(type, value)))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(filler, mention, fc.constantFrom('，', '。', '\n', '（')), { maxLength: 8 }),
        (parts) => {
          const { text } = redact(parts.flat().join(''), known)
          const compact = text.normalize('NFKC').replaceAll(/[\s-]/gu, '')
          for (const { value } of known) expect(compact).not.toContain(value)
          expect(containsPii(text)).toBe(false)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
