// Family names, most frequent first; the compound ones apart because they are looked for first. Source: 百家姓 and the national
// statistics of the Ministry of Public Security (2020) from general knowledge; a missing one costs recall only without a cue.

export const compoundSurnames: readonly string[] = (
  '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 端木 东郭 南宫 西门 百里 呼延 独孤 ' +
  '轩辕 澹台 濮阳 淳于 太叔 申屠 公羊 公冶 仲孙 钟离 鲜于 闾丘 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 ' +
  '东门 南门 左丘 第五 完颜 耶律 赫连 万俟 闻人 梁丘 纳兰 叶赫 爱新觉罗 钮祜禄 达奚 贺兰 哥舒 沙陀'
).split(' ')

const common =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟' +
  '熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯' +
  '纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全' +
  '佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚' +
  '花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾' +
  '戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由𠮷赖常代佐凤佴仉帖区缑亢况有琴归贯巢楮茹晁勾乜墨哈谯笪年爱阳佟仰督'

/** Every single-character family name that the recognisers know. */
export const surnames: ReadonlySet<string> = new Set(common)
