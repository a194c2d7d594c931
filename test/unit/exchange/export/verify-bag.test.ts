import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyBag, type BagVerdict } from '../../../../electron/exchange/export/verify-bag.ts'
import { filesIn, makeSampleBag, makeSigner, scratchFolder } from './sample-bag.ts'

let scratch: Awaited<ReturnType<typeof scratchFolder>>
beforeEach(async () => {
  scratch = await scratchFolder()
})
afterEach(() => scratch.remove())

const errorsOf = (verdict: BagVerdict): string[] => verdict.errors.map(({ code }) => code)

describe('our own bag', () => {
  it('does not survive a flipped bit in any byte of any file', async () => {
    const bag = scratch.at('bag')
    await makeSampleBag(bag, makeSigner())
    const unnoticed: string[] = []
    for (const path of await filesIn(bag)) {
      const original = await readFile(join(bag, path))
      const step = Math.max(1, Math.floor(original.length / 16))
      for (let at = 0; at < original.length; at += step) {
        // 0x20 turns the case of a hex digit, 0x01 its value, 0x80 breaks UTF-8.
        for (const bit of [0x01, 0x20, 0x80]) {
          const damaged = Buffer.from(original)
          damaged.writeUInt8(damaged.readUInt8(at) ^ bit, at)
          await writeFile(join(bag, path), damaged)
          if ((await verifyBag(bag)).valid) unnoticed.push(`${path}@${at}^${bit}`)
        }
      }
      await writeFile(join(bag, path), original)
    }
    expect(unnoticed).toEqual([])
    expect((await verifyBag(bag)).valid).toBe(true)
  })

  it('does not survive the loss, the growth or the company of any file', async () => {
    const signer = makeSigner()
    await makeSampleBag(scratch.at('bag'), signer)
    for (const path of await filesIn(scratch.at('bag'))) {
      await cp(scratch.at('bag'), scratch.at('copy'), { recursive: true })
      await rm(join(scratch.at('copy'), path))
      expect({ path, valid: (await verifyBag(scratch.at('copy'))).valid }).toEqual({ path, valid: false })
      await rm(scratch.at('copy'), { recursive: true })
      await cp(scratch.at('bag'), scratch.at('copy'), { recursive: true })
      await appendFile(join(scratch.at('copy'), path), '\n')
      expect({ path, valid: (await verifyBag(scratch.at('copy'))).valid }).toEqual({ path, valid: false })
      await rm(scratch.at('copy'), { recursive: true })
    }
    for (const path of ['extra.txt', 'data/extra.csv', 'signature/extra.sig', 'manifest-md5.txt']) {
      await writeFile(scratch.at(`bag/${path}`), '')
      expect({ path, valid: (await verifyBag(scratch.at('bag'))).valid }).toEqual({ path, valid: false })
      await rm(scratch.at(`bag/${path}`))
    }
    expect((await verifyBag(scratch.at('bag'))).valid).toBe(true)
  })

  it('without its signature is unsigned and invalid, since it names a signer', async () => {
    await makeSampleBag(scratch.at('bag'), makeSigner())
    await rm(scratch.at('bag/signature/tagmanifest-sha256.txt.sig'))
    const verdict = await verifyBag(scratch.at('bag'))
    expect(verdict).toMatchObject({ valid: false, trust: 'unsigned' })
    expect(errorsOf(verdict)).toEqual(['signature.missing'])
  })

  it('with another bag’s signature is named as wrongly signed, with or without a known key', async () => {
    const signer = makeSigner()
    await makeSampleBag(scratch.at('bag'), signer)
    await makeSampleBag(scratch.at('other'), makeSigner())
    const sig = 'signature/tagmanifest-sha256.txt.sig'
    await cp(scratch.at(`other/${sig}`), scratch.at(`bag/${sig}`))
    for (const trustedKeys of [[], [{ name: 'x', verifyKeyPem: signer.pem }]]) {
      const verdict = await verifyBag(scratch.at('bag'), { trustedKeys })
      expect(verdict).toMatchObject({ valid: false, trust: 'unsigned' })
      expect(errorsOf(verdict)).toEqual(['signature.wrong'])
    }
  })

  it('signed anew by somebody else is never anchored', async () => {
    const signer = makeSigner()
    await makeSampleBag(scratch.at('forged'), makeSigner('另一个人'))
    const verdict = await verifyBag(scratch.at('forged'), {
      trustedKeys: [{ name: 'x', verifyKeyPem: signer.pem }],
    })
    expect(verdict).toMatchObject({ valid: true, trust: 'unanchored' })
  })
})
