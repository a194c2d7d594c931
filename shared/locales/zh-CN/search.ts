// The one box over everything.
export const search = {
  title: '搜索全部',
  label: '搜索投诉编号、客户、内容、人员或页面',
  records: '身份区已关闭，只查脱敏资料：可用编号、号码末四位、内容里的词。',
  identities: '明文也查，日志会记一笔，不记内容。',
  reviewer: '您的角色只查脱敏资料。',
  denied: '这看起来是姓名或号码的明文，您的角色不能查。可用编号、末四位或内容里的词。',
  nothing: '没有找到。',
  searching: '正在查找',
  found: '共 {{n}} 项',
  hint: '↑↓ 选择，Enter 打开，Esc 关闭',
  hiddenText: '在已隐去的原文里',
  groups: { cases: '投诉', customers: '客户', texts: '投诉内容', people: '人员', pages: '页面' },
  shortcut: '搜索全部',
}
