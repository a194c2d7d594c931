// What happened, what is safe, what to do next: one entry for each code of shared/errors.ts.
import { exchangeErrors } from './errors-exchange.ts'

const vaultErrors = {
  'vault.locked': {
    what: '保险库已锁定。',
    safe: '已保存的内容都在，没有改动。',
    next: '请用口令重新打开保险库。',
  },
  'vault.notFound': {
    what: '这个位置没有保险库。',
    safe: '没有创建或改动任何文件。',
    next: '请检查路径；如果保险库在移动硬盘或 U 盘上，请先插好。',
  },
  'vault.notAVault': {
    what: '这个文件夹不是保险库。',
    safe: '文件夹里的内容没有改动。',
    next: '请选择名字通常以 .vault 结尾、里面有 vault.json 的文件夹。',
  },
  'vault.exists': {
    what: '这个位置已经有文件夹或保险库。',
    safe: '原有内容没有被覆盖。',
    next: '请换一个名字或位置；如果就是要打开它，请选择“打开保险库”。',
  },
  'vault.wrongPassphrase': {
    what: '口令不对。',
    safe: '保险库完好，没有改动。',
    next: '请检查大小写和输入法后再试；口令确实忘了，请用恢复凭证。',
  },
  'vault.damaged': {
    what: '保险库的文件已损坏。这不是口令的问题。',
    safe: '程序没有修改、删除或重建任何文件。',
    next: '请先把整个文件夹复制一份，再用备份恢复，或请懂技术的人查看损坏之处。',
  },
  'vault.incomplete': {
    what: '保险库缺少文件。',
    safe: '现有文件没有改动。',
    next: '请确认文件夹已完整复制，records.db 与 identities.db 都在，再打开。',
  },
  'vault.newerFormat': {
    what: '这个保险库由更新版本的程序写成。',
    safe: '保险库没有改动。',
    next: '请用更新版本的归藏打开。',
  },
  'vault.inUse': {
    what: '这个保险库正被别人使用。',
    safe: '没有人的工作丢失。',
    next: '请等对方锁定后再打开。',
  },
  'vault.readOnly': {
    what: '保险库所在位置只能读取，不能写入。',
    safe: '保险库没有改动。',
    next: '请解除写保护，或把保险库复制到可写的位置。',
  },
  'vault.unreadable': {
    what: '没有权限读取这个文件夹。',
    safe: '保险库没有改动。',
    next: '请检查文件夹的权限，或请本机管理员协助；这与口令和恢复凭证无关。',
  },
  'vault.deviceMissing': {
    what: '这个保险库与另一台电脑绑定，本机没有它的设备密钥。',
    safe: '保险库完好，没有改动。',
    next: '请在原来的电脑上打开，或在这里用恢复凭证恢复。',
  },
  'vault.slotsChanged': {
    what: '保险库的开锁信息在程序之外被改动过。',
    safe: '记录本身没有因此改动。',
    next: '请管理员核对人员与口令的变更；不清楚来由时，请先校验保险库。',
  },
  'vault.rolledBack': {
    what: '保险库比本机上次见到的要旧。',
    safe: '现在的内容可以查看。',
    next: '如果刚恢复过备份，这是正常的；否则请管理员查明文件为何被换回旧版。',
  },
  'customers.merged': {
    what: '其中一位客户已并入另一位客户。',
    safe: '没有改动任何内容。',
    next: '请打开保留的那位客户再合并，或先撤销之前的合并。',
  },
  'caller.tooMany': {
    what: '一小时内核实来电人的次数已达上限。',
    safe: '这次没有比对，也没有显示任何内容。',
    next: '请最多等一小时再试，或改用其他方式核实。管理员可在日志中看到是谁核实的。',
  },
  'vault.alreadyOpen': {
    what: '已经有一个保险库打开着。',
    safe: '打开着的保险库不受影响。',
    next: '请先锁定它，再打开另一个。',
  },
  'vault.busy': {
    what: '保险库正在做另一件费时的事。',
    safe: '正在进行的工作会继续完成。',
    next: '请等它完成或取消它，然后再试。',
  },
  'passphrase.missing': {
    what: '还没有输入口令。',
    safe: '什么都没有改动。',
    next: '请输入口令。',
  },
  'passphrase.weak': {
    what: '这个口令太容易猜到。',
    safe: '什么都没有改动。',
    next: '请用更长的口令，例如四个互不相干的词。',
  },
  'passphrase.mustChange': {
    what: '这还是管理员设的初始口令，要先换成您自己的。',
    safe: '什么都没有改动；脱敏资料可以查看。',
    next: '请设一个只有您知道的口令，然后继续。',
  },
  'recovery.codeInvalid': {
    what: '恢复码里有抄错的字符。',
    safe: '什么都没有改动。',
    next: '请对照凭证检查标红的那一组。',
  },
  'recovery.codeUnknown': {
    what: '恢复码写法正确，但不属于这个保险库。',
    safe: '保险库没有改动。',
    next: '请确认凭证上的公司名称，换用这个保险库的恢复凭证。',
  },
  'kits.last': {
    what: '这是最后一张恢复凭证。',
    safe: '它仍然有效，什么都没有改动。',
    next: '请改为补发：新凭证生效后，这一张随即失效。',
  },
  'keychain.unavailable': {
    what: '这台电脑的钥匙串现在不能用。',
    safe: '保险库没有改动。',
    next: '请解锁系统钥匙串后再试，或选择“可携带”，不绑定本机。',
  },
  'unlock.delayed': {
    what: '连续多次口令不对，需要稍等再试。',
    safe: '保险库不会因此锁死，也不会删除任何内容。',
    next: '请等待片刻后再输入。',
  },
  'identities.closed': {
    what: '身份区已关闭，明文暂时不能查看。',
    safe: '脱敏资料照常可用。',
    next: '请输入口令打开身份区。',
  },
  'rotation.due': {
    what: '有人已不再有权，但密钥还没有更新。',
    safe: '此人已不能通过本程序打开；他手里若留有旧文件，旧密钥仍能解开现有内容。',
    next: '请管理员在“人员”页更新密钥。',
  },
  'inbox.unreadable': {
    what: '待收内容里有一项解不开。',
    safe: '它原样留着，其余的都已收进身份区。',
    next: '请先校验保险库，并询问是谁写的，请其重写一遍。',
  },
  'access.denied': {
    what: '您的角色不能做这件事。',
    safe: '什么都没有改动。',
    next: '请管理员代办，或请管理员调整您的角色。',
  },
  'users.lastOwner': {
    what: '这是最后一位管理员。',
    safe: '什么都没有改动。',
    next: '请先让另一人成为管理员。',
  },
  'users.openCases': {
    what: '此人名下还有未结的投诉。',
    safe: '什么都没有改动。',
    next: '请先把这些投诉移交给另一人，再移除此人。',
  },
  'approval.required': {
    what: '这件事需要另一人批准。',
    safe: '什么都没有改动。',
    next: '请提交并等待批准。',
  },
  'reason.required': {
    what: '查看或带出明文需要写明事由。',
    safe: '没有明文被显示或带出。',
    next: '请选择或填写事由。',
  },
  'input.invalid': {
    what: '有内容填写不符合要求。',
    safe: '什么都没有保存，您填写的内容还在。',
    next: '请检查标出的项目后再提交。',
  },
  'record.notFound': {
    what: '找不到这条记录。',
    safe: '其他记录不受影响。',
    next: '它可能已随导入批次撤销；请返回列表刷新。',
  },
  'record.changed': {
    what: '这条记录刚被改过，您看到的是旧内容。',
    safe: '别人的修改没有被覆盖。',
    next: '请重新载入后再改。',
  },
  'case.transition': {
    what: '投诉不能从现在的状态直接变为所选状态。',
    safe: '投诉没有改动。',
    next: '请重新载入，从列出的状态中选择。',
  },
  'case.outcomeMissing': {
    what: '尚未记录处理结果，投诉不能结案。',
    safe: '投诉没有改动。',
    next: '请先记录处理结果及理由，再结案。',
  },
  'case.reasonMissing': {
    what: '重新打开投诉需要说明理由。',
    safe: '投诉没有改动。',
    next: '请在备注中写明重新打开的理由。',
  },
  'case.closed': {
    what: '投诉已结案，处理结果不能再改。',
    safe: '投诉没有改动。',
    next: '如确需改动，请先说明理由重新打开。',
  },
  'bulk.refused': {
    what: '所选投诉中有些不允许这样处理。',
    safe: '一件也没有改动。',
    next: '去掉列出的投诉，或先把它们处理到允许这一步的状态。',
  },
  'clocks.pending': {
    what: '投诉的到期时间没能更新。',
    safe: '投诉和经过都没有改动，只是到期时间和据此排的队列可能是旧的。',
    next: '请锁定后重新打开；若再次出现，请校验保险库。',
  },
  'clocks.invalid': {
    what: '时限方案或工作日表无法采用。',
    safe: '原有方案继续有效。',
    next: '请改正所指之处：重复的编号或年份、缺少的年份、不属于该年或与星期不符的日期。',
  },
  'template.invalid': {
    what: '模板中有不能出现的内容。',
    safe: '原有模板没有改动。',
    next: '请查看所指出的部分。字段写在两重花括号之间，且只能使用列出的字段。',
  },
  'letter.incomplete': {
    what: '这封函件必需的内容还空着。',
    safe: '没有生成函件。',
    next: '请先在投诉中登记，或者为这封函件填写。',
  },
  'letter.unprintable': {
    what: '函件中有内置字体没有的字。',
    safe: '没有生成函件。',
    next: '请为这封函件填写别的写法；或者允许以 □ 代替，打印后手写补上。',
  },
  'job.cancelled': {
    what: '已按您的要求取消。',
    safe: '没有留下做到一半的内容。',
    next: '需要时可以重新开始。',
  },
  'job.notFound': {
    what: '这项工作已经结束。',
    safe: '它的结果不受影响。',
    next: '不需要做什么。',
  },
  'ipc.refused': {
    what: '程序拒绝了一个不合规的请求。',
    safe: '什么都没有改动。',
    next: '请重新打开程序；若再次出现，请把下面的编号告诉维护者。',
  },
  'process.gone': {
    what: '保管数据的进程意外停止。',
    safe: '最近一次保存之前的内容都在。',
    next: '请重新打开保险库。',
  },
  'cli.usage': {
    what: '命令的写法不对。',
    safe: '什么都没有改动。',
    next: '请查看命令的帮助。',
  },
  internal: {
    what: '程序遇到了意料之外的问题。',
    safe: '没有完成的操作不会留下一半。',
    next: '请再试一次；若再次出现，请把下面的编号告诉维护者。',
  },
}

export const errors = { ...vaultErrors, ...exchangeErrors }
