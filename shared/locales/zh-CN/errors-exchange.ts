// Errors of files, imports, exports and the log.
export const exchangeErrors = {
  'disk.failed': {
    what: '磁盘读写出错。',
    safe: '正在保存的内容要么完整，要么完全没有，不会只存一半。',
    next: '请检查磁盘或 U 盘是否接好、是否损坏；重新打开保险库，先看刚才的内容在不在，再决定是否重做。',
  },
  'disk.full': {
    what: '磁盘空间不够。',
    safe: '已保存的内容都在，这次操作没有留下一半。',
    next: '请腾出空间后再试。',
  },
  'file.notFound': {
    what: '找不到这个文件或文件夹。',
    safe: '什么都没有改动。',
    next: '请检查路径，或重新选择。',
  },
  'file.unreadable': {
    what: '没有权限读取这个文件。',
    safe: '文件没有改动。',
    next: '请检查权限，或关闭正占用它的程序。',
  },
  'file.exists': {
    what: '这个位置已经有同名文件或文件夹。',
    safe: '原有内容没有被覆盖。',
    next: '请换一个名字。',
  },
  'file.tooLarge': {
    what: '文件太大，超过了上限。',
    safe: '文件没有改动。',
    next: '请拆分后再处理。',
  },
  'file.changed': {
    what: '文件在读取时被改动过。',
    safe: '没有存入任何内容，保险库没有改动。',
    next: '请等正在写它的程序完成后再试。',
  },
  'attachment.onlySaved': {
    what: '这类文件打开时可能运行代码，或者文件里带有宏或脚本。',
    safe: '没有打开，也没有生成副本。',
    next: '如果信任文件来源，请用“另存”，再自行打开另存的文件。',
  },
  'attachment.closed': {
    what: '文件还没有全部读出，这次查看就已关闭。',
    safe: '附件没有变化，也没有留下任何明文。',
    next: '请选择理由后重新查看。',
  },
  'opener.missing': {
    what: '这台电脑上没有可以打开文件的程序。',
    safe: '没有解密任何内容。',
    next: '请改用“另存”，或安装能打开这类文件的程序（Linux 还需要 xdg-utils）。',
  },
  'opener.failed': {
    what: '没有程序接收这个文件。',
    safe: '明文副本已覆写并删除，审计日志记下了没有打开。',
    next: '请安装能打开这类文件的程序，或改用“另存”。',
  },
  'attachment.damaged': {
    what: '这个附件的文件缺失，或已不是当初存入的内容。',
    safe: '没有给出任何内容；其他附件和全部记录不受影响。',
    next: '请在“设置”里核对保险库，并从备份中查找这个文件。',
  },
  'import.fileNotFound': {
    what: '找不到要导入的文件。',
    safe: '保险库没有改动。',
    next: '请检查路径，或重新选择文件。',
  },
  'import.unreadable': {
    what: '要导入的文件不能读取。',
    safe: '保险库没有改动。',
    next: '请检查文件权限；如果在表格软件里打开着，请先关闭。',
  },
  'import.empty': {
    what: '文件里没有内容。',
    safe: '保险库没有改动。',
    next: '请确认导出是否成功，换一个文件。',
  },
  'import.binary': {
    what: '这不是表格文件。',
    safe: '保险库没有改动。',
    next: '请选择 CSV、TSV 或 XLSX 文件。',
  },
  'import.xlsxProtected': {
    what: '这个工作簿设有打开密码。',
    safe: '保险库没有改动。',
    next: '请在表格软件中去掉密码另存，再导入。',
  },
  'import.legacyXls': {
    what: '这是旧式 .xls 工作簿，不能直接导入。',
    safe: '保险库没有改动。',
    next: '请在表格软件中另存为 .xlsx 或 CSV，再导入。',
  },
  'import.xlsxDamaged': {
    what: '这个工作簿已损坏，读不出表格。',
    safe: '保险库没有改动。',
    next: '请在表格软件中打开并另存，再导入。',
  },
  'import.encodingUnknown': {
    what: '认不出文件的文字编码。',
    safe: '保险库没有改动。',
    next: '请在表格软件中另存为“CSV UTF-8”，再导入。',
  },
  'import.tooManyColumns': {
    what: '文件的列太多，不像一张客户或投诉表。',
    safe: '保险库没有改动。',
    next: '请确认分隔符是否正确，或删去多余的列。',
  },
  'import.headerMissing': {
    what: '文件没有标题行。',
    safe: '保险库没有改动。',
    next: '请在第一行写上每列的名称。',
  },
  'import.tooLarge': {
    what: '文件解开后太大，超过了上限。',
    safe: '保险库没有改动。',
    next: '请拆成几个文件分别导入。',
  },
  'import.mappingInvalid': {
    what: '列的对应关系不成立。',
    safe: '保险库没有改动。',
    next: '请检查：一个字段只能对应一列，且列名要在文件里。',
  },
  'import.rowInvalid': {
    what: '有一行不能读成记录。',
    safe: '其他行不受影响。',
    next: '请查看被拒绝的行及其原因。',
  },
  'import.batchNotFound': {
    what: '找不到这个导入批次。',
    safe: '什么都没有改动。',
    next: '请刷新批次列表。',
  },
  'import.batchInUse': {
    what: '这个批次的记录后来被人改动或引用过，不能整批撤销。',
    safe: '什么都没有撤销。',
    next: '请先处理引用它的记录。',
  },
  'import.fileChanged': {
    what: '文件在预览之后被改动过。',
    safe: '保险库没有改动。',
    next: '请重新预览，再导入。',
  },
  'export.countMismatch': {
    what: '导出的行数与保险库里的不一致，已作废。',
    safe: '保险库没有改动，不完整的导出已清除。',
    next: '请再试一次；若再次出现，请先校验保险库。',
  },
  'bag.invalid': {
    what: '这不是一个有效的数据袋。',
    safe: '文件夹没有改动。',
    next: '请选择里面有 bagit.txt 的文件夹。',
  },
  'audit.broken': {
    what: '审计日志与记录对不上。',
    safe: '程序没有改动任何记录。',
    next: '请保留现场，复制整个保险库，并查看校验结果列出的条目。',
  },
  'checkpoint.invalid': {
    what: '这段文字不是有效的校验点。',
    safe: '什么都没有改动。',
    next: '请完整粘贴校验点，从第一行到签名行。',
  },
}
