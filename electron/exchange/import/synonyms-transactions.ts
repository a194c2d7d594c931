// What columns of orders, payments, contracts and prepaid balances are called, in both languages. Data only; see synonyms.ts.
import type { TransactionField } from '../../../shared/types/transaction.ts'

/** Names of one field, between bars. */
function list(names: string): readonly string[] {
  return names.split('|').map((name) => name.trim())
}

export const transactionSynonyms: Record<TransactionField, readonly string[]> = {
  transactionNo: list(`
    transactionNo | 交易编号 | 交易号 | 交易流水号 | 流水号 | 订单编号 | 订单号 | 订单ID | 支付单号 | 付款单号 |
    收款单号 | 凭证号 | 合同编号 | 合同号 | 协议编号 | 储值卡号 | 预付卡号 | 会员卡号 | 訂單編號 | 訂單號碼 |
    交易編號 | 合約編號 | transaction number | transaction id | transaction ref | order number | order no |
    order id | payment number | payment id | payment no | contract number | contract no | contract id |
    invoice number | invoice no | prepaid card number | receipt number | reference number | reference no |
    reference | 单号 | 编号 | 編號 | no | id`),
  kind: list(`
    kind | 交易类型 | 交易种类 | 交易类别 | 业务类型 | 单据类型 | 种类 | 类型 | 类别 | 交易類型 | 類型 |
    transaction type | transaction kind | record type | type | category`),
  customerNo: list(`
    customerNo | 客户编号 | 客户编码 | 客户号 | 客户代码 | 客户ID | 会员编号 | 会员号 | 会员ID | 用户编号 |
    用户ID | 客戶編號 | 會員編號 | customer number | customer id | customer code | cust no | cust id | client no |
    client number | client id | member no | member number | member id | account number | account no |
    account id | user id`),
  complaintNo: list(`
    complaintNo | 投诉编号 | 投诉单号 | 投诉号 | 投诉ID | 关联投诉 | 工单编号 | 工单号 | 案件编号 | 案件号 |
    投訴編號 | 案件編號 | complaint number | complaint id | case number | case no | case id | ticket number |
    ticket no | ticket id`),
  date: list(`
    date | 交易日期 | 交易时间 | 订单日期 | 订单时间 | 下单日期 | 下单时间 | 支付日期 | 支付时间 | 付款日期 |
    付款时间 | 签订日期 | 签约日期 | 合同日期 | 充值日期 | 充值时间 | 日期 | 时间 | 交易時間 | 訂單日期 |
    transaction date | transaction time | order date | ordered at | ordered on | payment date | paid on |
    paid at | contract date | signed on | purchase date | created at | created on | date created | time`),
  amount: list(`
    amount | 交易金额 | 订单金额 | 支付金额 | 付款金额 | 实付金额 | 合同金额 | 充值金额 | 余额 | 账户余额 |
    预付余额 | 金额 | 总额 | 总金额 | 金額 | 餘額 | transaction amount | order amount | order total | total |
    total amount | amount paid | paid | price | value | balance | sum`),
  currency: list(`
    currency | 币种 | 货币 | 币别 | 貨幣 | 幣別 | currency code | ccy`),
  status: list(`
    status | 交易状态 | 订单状态 | 支付状态 | 合同状态 | 状态 | 狀態 | 訂單狀態 | transaction status |
    order status | payment status | contract status | state`),
  description: list(`
    description | 交易说明 | 商品名称 | 商品 | 产品名称 | 产品 | 摘要 | 说明 | 用途 | 备注 | 附言 | 商品名稱 |
    備註 | product | product name | item | items | details | memo | note | notes | remark | remarks | purpose`),
}
