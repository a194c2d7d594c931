// What columns are called in the exports of CRM systems, spreadsheets and complaint desks, in both languages. Data only.
// Compared after `normalizeHeader`: compatibility forms, case, spaces and punctuation don't matter. Within a field the
// more specific name stands first: where two columns fit, the one with the earlier synonym gets the field.
import type { ComplaintField } from '../../../shared/types/complaint.ts'
import type { CustomerField } from '../../../shared/types/customer.ts'

/** Names of one field, between bars. */
function list(names: string): readonly string[] {
  return names.split('|').map((name) => name.trim())
}

export const customerSynonyms: Record<CustomerField, readonly string[]> = {
  customerNo: list(`
    customerNo | 客户编号 | 客户编码 | 客户号 | 客户代码 | 客户ID | 会员编号 | 会员号 | 会员卡号 |
    会员ID | 用户编号 | 用户ID | 客戶編號 | 客戶號碼 | 會員編號 | customer number | customer id |
    customer code | cust no | cust id | client no | client number | client id | client code | member no |
    member number | member id | account number | account no | account id | user id | 编号 | 編號 | no |
    id`),
  name: list(`
    name | 客户姓名 | 姓名 | 客户名称 | 客户名 | 会员姓名 | 用户姓名 | 真实姓名 | 联系人姓名 | 联系人 |
    名称 | 客戶姓名 | 客戶名稱 | 會員姓名 | 聯絡人 | 聯繫人 | customer name | full name | client name |
    member name | contact name | real name | contact | customer`),
  residentId: list(`
    residentId | 身份证号 | 身份证号码 | 身份证 | 居民身份证 | 居民身份证号 | 居民身份证号码 |
    公民身份号码 | 公民身份证号码 | 二代身份证号 | 证件号码 | 证件号 | 身份號碼 | 身分證號 | 身分證字號 |
    身份證號 | 身份證號碼 | 身份證 | 證件號碼 | resident id | resident id number |
    resident identity card | id card | id card no | id card number | id number | id no | identity number |
    identity no | identity card | identity card number | national id | national id number | citizen id |
    idcard | sfz | sfzh`),
  mobile: list(`
    mobile | 手机号码 | 手机号 | 手机 | 移动电话 | 移动电话号码 | 联系手机 | 联系电话 | 电话号码 | 电话 |
    联系方式 | 手機號碼 | 手機號 | 手機 | 行動電話 | 聯繫電話 | 聯絡電話 | 電話號碼 | 電話 |
    mobile phone | mobile number | mobile no | mobile phone number | cell phone | cell | cellphone |
    cell number | cell phone number | phone number | phone no | phone | contact number | contact phone |
    telephone number | telephone | tel no | tel | sjh | sjhm`),
  landline: list(`
    landline | 固定电话 | 固定电话号码 | 固话 | 座机 | 座机号码 | 座机号 | 家庭电话 | 住宅电话 |
    办公电话 | 单位电话 | 固定電話 | 市話 | 住宅電話 | 辦公電話 | landline phone | landline number |
    home phone | home telephone | office phone | work phone | business phone | fixed line | fixed phone`),
  email: list(`
    email | 电子邮箱 | 电子邮件 | 邮箱 | 邮箱地址 | 电子邮箱地址 | 电子邮件地址 | 邮件地址 | 邮件 |
    電子郵箱 | 電子郵件 | 電子信箱 | 郵箱 | email address | mail address | e mail | e mail address |
    mail`),
  address: list(`
    address | 联系地址 | 通讯地址 | 通信地址 | 家庭住址 | 家庭地址 | 住址 | 居住地址 | 现住址 | 地址 |
    收货地址 | 详细地址 | 户籍地址 | 邮寄地址 | 聯繫地址 | 聯絡地址 | 通訊地址 | 住家地址 | home address |
    mailing address | postal address | street address | contact address | residential address |
    full address | shipping address | addr`),
  bankCard: list(`
    bankCard | 银行卡号 | 银行卡号码 | 银行卡 | 银行账号 | 银行账户 | 银行帐号 | 卡号 | 储蓄卡号 |
    借记卡号 | 收款账号 | 銀行卡號 | 銀行卡 | 銀行帳號 | 銀行賬號 | 卡號 | bank card number |
    bank card no | bank account | bank account number | bank account no | card number | card no |
    debit card | debit card number`),
  birthDate: list(`
    birthDate | 出生日期 | 出生年月日 | 出生年月 | 生日 | 出生 | 出生时间 | 出生日 | date of birth | dob |
    birthday | birth day | born`),
  passport: list(`
    passport | 护照号 | 护照号码 | 护照 | 护照编号 | 護照號 | 護照號碼 | 護照 | passport number |
    passport no | passport id`),
  registeredOn: list(`
    registeredOn | 建档日期 | 建档时间 | 注册日期 | 注册时间 | 开户日期 | 开户时间 | 开卡日期 | 入会日期 |
    入会时间 | 登记日期 | 加入日期 | 创建日期 | 创建时间 | 建檔日期 | 建檔時間 | 註冊日期 | 註冊時間 |
    開戶日期 | 入會日期 | 建立日期 | registered on | registered at | registration date | register date |
    date registered | sign up date | signup date | join date | joined on | customer since | member since |
    open date | account opened | created on | created at | created date | date created | creation date |
    create time | created`),
}

export const complaintSynonyms: Record<ComplaintField, readonly string[]> = {
  complaintNo: list(`
    complaintNo | 投诉编号 | 投诉单号 | 投诉号 | 投诉ID | 工单编号 | 工单号 | 案件编号 | 案件号 |
    受理编号 | 登记编号 | 单号 | 投訴編號 | 投訴單號 | 案件編號 | 工單號 | complaint number |
    complaint id | case number | case no | case id | ticket number | ticket no | ticket id | ticket |
    reference number | reference no | reference | 编号 | 編號 | no | id`),
  customerNo: list(`
    customerNo | 客户编号 | 客户编码 | 客户号 | 客户代码 | 客户ID | 会员编号 | 会员号 | 会员ID |
    用户编号 | 用户ID | 客戶編號 | 會員編號 | customer number | customer id | customer code | cust no |
    cust id | client no | client number | client id | member no | member number | member id |
    account number | account no | account id | user id`),
  customerName: list(`
    customerName | 客户姓名 | 投诉人姓名 | 投诉人 | 姓名 | 客户名称 | 会员姓名 | 消费者姓名 | 消费者 |
    投訴人姓名 | 投訴人 | 客戶姓名 | complainant name | complainant | full name | client name |
    member name | consumer name | contact name | name | customer`),
  customerMobile: list(`
    customerMobile | 客户手机 | 客户手机号 | 客户电话 | 投诉人电话 | 投诉人手机 | 投诉人手机号 |
    投诉人联系电话 | 手机号码 | 手机号 | 手机 | 联系电话 | 联系方式 | 电话号码 | 电话 | 投訴人電話 |
    手機號碼 | 手機 | 聯繫電話 | 聯絡電話 | 電話 | customer phone | complainant phone |
    complainant mobile | mobile | mobile number | mobile phone | mobile no | phone number | phone no |
    phone | contact number | contact phone | telephone | tel`),
  receivedAt: list(`
    receivedAt | 投诉时间 | 投诉日期 | 收到时间 | 收到日期 | 受理时间 | 受理日期 | 接收时间 | 接诉时间 |
    登记时间 | 登记日期 | 来电时间 | 提交时间 | 创建时间 | 创建日期 | 投訴時間 | 投訴日期 | 受理時間 |
    登記時間 | 建立時間 | date received | received date | received on | received | complaint date |
    complaint time | date of complaint | opened at | open date | opened | submitted at | submission date |
    created at | created on | created date | date created | date`),
  channel: list(`
    channel | 投诉渠道 | 渠道 | 来源 | 投诉来源 | 来源渠道 | 受理渠道 | 投诉方式 | 投訴渠道 | 來源 |
    投訴方式 | submitted via | complaint channel | received via | source | origin | via | medium`),
  category: list(`
    category | 投诉类别 | 投诉类型 | 投诉分类 | 类别 | 类型 | 分类 | 问题类型 | 问题分类 | 产品 |
    一级分类 | 业务类型 | 投訴類別 | 投訴類型 | 類別 | 類型 | 分類 | 產品 | complaint category |
    complaint type | type | product | product category`),
  subcategory: list(`
    subcategory | 投诉子类 | 子类别 | 子类 | 子类型 | 二级分类 | 小类 | 细分类型 | 子产品 | 子類別 |
    子類 | 二級分類 | sub category | sub type | subtype | sub product | subproduct`),
  issue: list(`
    issue | 投诉问题 | 问题 | 投诉事由 | 事由 | 投诉原因 | 争议焦点 | 主题 | 标题 | 投訴問題 | 問題 |
    投訴原因 | 主題 | 標題 | complaint reason | reason | problem | subject | title | summary | topic`),
  subIssue: list('subIssue | 子问题 | 问题细分 | 具体问题 | 子問題 | sub issue | sub reason | issue detail'),
  narrative: list(`
    narrative | 投诉内容 | 投诉详情 | 投诉描述 | 投诉正文 | 内容 | 详情 | 描述 | 问题描述 | 诉求内容 |
    投诉事项 | 诉求 | 正文 | 投訴內容 | 投訴詳情 | 內容 | 問題描述 | 訴求 | consumer complaint narrative |
    complaint narrative | complaint text | complaint details | complaint description | complaint |
    description | details | content | text | body | message`),
  amount: list(`
    amount | 涉及金额 | 涉案金额 | 投诉金额 | 争议金额 | 诉求金额 | 金额 | 标的额 | 涉及金額 | 爭議金額 |
    金額 | amount involved | disputed amount | amount in dispute | claim amount | amount claimed | sum`),
  status: list(`
    status | 状态 | 投诉状态 | 处理状态 | 办理状态 | 案件状态 | 当前状态 | 工单状态 | 進度 | 狀態 |
    處理狀態 | 投訴狀態 | complaint status | case status | ticket status | state of case |
    current status | 进度`),
  handler: list(`
    handler | 处理人 | 处理人员 | 经办人 | 承办人 | 负责人 | 受理人 | 跟进人 | 客服 | 客服人员 | 坐席 |
    處理人 | 經辦人 | 承辦人 | 負責人 | assignee | assigned to | agent | owner | case owner | handled by |
    case handler | representative`),
  outcome: list(`
    outcome | 处理结果 | 办理结果 | 处理意见 | 处理情况 | 结果 | 答复内容 | 答复 | 解决方案 | 處理結果 |
    處理情況 | 結果 | 答覆 | result | resolution | response | company response | decision | remedy`),
  closedAt: list(`
    closedAt | 结案时间 | 结案日期 | 办结时间 | 办结日期 | 关闭时间 | 关闭日期 | 完成时间 | 完结时间 |
    解决时间 | 結案時間 | 結案日期 | 關閉時間 | 完成時間 | 辦結時間 | closed on | closed date |
    date closed | close date | closing date | closed | resolved at | resolved on | resolved date |
    resolution date | date resolved | completed at`),
}

/**
 * The US Consumer Financial Protection Bureau's complaint database, columns as in its CSV download; what isn't named stays
 * in `extra`. Source: https://cfpb.github.io/api/ccdb/fields.html
 */
export const cfpbPreset: Readonly<Record<string, ComplaintField | null>> = {
  'Date received': 'receivedAt',
  Product: 'category',
  'Sub-product': 'subcategory',
  Issue: 'issue',
  'Sub-issue': 'subIssue',
  'Consumer complaint narrative': 'narrative',
  'Company public response': null,
  Company: null,
  State: null,
  'ZIP code': null,
  Tags: null,
  'Consumer consent provided?': null,
  'Submitted via': 'channel',
  'Date sent to company': null,
  'Company response to consumer': 'status',
  'Timely response?': null,
  'Consumer disputed?': null,
  'Complaint ID': 'complaintNo',
}

/** Columns that only a CFPB file has all of. */
export const cfpbMarks = [
  'Date received',
  'Company response to consumer',
  'Submitted via',
  'Complaint ID',
] as const
