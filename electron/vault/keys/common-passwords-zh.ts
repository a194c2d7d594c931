// Data: what passphrases in China are commonly made of, commonest first in each list: published leak statistics' usual
// suspects, keypad rhymes, surnames, given-name syllables and places in pinyin, phrases in pinyin and in characters.

const passwords = `
  5201314 woaini woaini1314 woaini520 woaini123 1314520 520520 5201314520 1314521 7758521 7758258 147258369 147258
  123456789a a123456 a123456789 aa123456 aa123456789 abc123456 qq123456 qwe123456 zxc123456 asd123456 wang123456
  zhang123456 li123456 liu123456 123456abc 123456qq 123456aa 123123123 112233 11223344 1122334455 123321 1234554321
  159357 159753 789456123 987654321 110110 110119 119119 120120 12301230 123654 123654789 741852963 963852741 258369
  31415926 3.1415926 314159 100200 10203040 1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qaz123 qazwsx qazwsxedc wsxedc
  1qaz2wsx 1qaz2wsx3edc zaq12wsx !qaz2wsx qwer1234 qweasd qweasdzxc asdzxc asdfghjkl zxcvbnm poiuytrewq mnbvcxz
  admin123 admin888 admin123456 root123 test123 test1234 password123 p@ssw0rd p@ssword 88888888 66666666 99999999
  00000000 11111111 12345678 87654321 168168 1688 168888 518518 518888 666888 888666 888168 888999 8888 6666 9999
  52013140 584520 5845201314 584131421 1314 520 521 5211314 3344520 5203344 1314258 2013141314 20131415
`

const surnames = `
  wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng
  yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian
  ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan qian
`

const givenNames = `
  zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing liujing wangxiuying zhangli lixiuying wangli zhangjing
  wanglei liyang zhangyong liujie wangqiang lijie lijuan zhangjie wangyan liujuan wangyong zhangtao liming zhangyan
  xiaoming xiaohong xiaoli xiaowang xiaozhang xiaoyu xiaolong xiaofeng xiaoxiao meimei lili fangfang tingting yuanyuan
  jianguo jianjun guoqiang zhiqiang haiyan xiaoyan guihua xiulan yulan guilan weiwei junjie haoran zixuan zihan yuxuan
`

const places = `
  china zhongguo zhonghua beijing shanghai guangzhou shenzhen tianjin chongqing nanjing hangzhou suzhou wuhan chengdu
  xian changsha zhengzhou jinan qingdao dalian shenyang changchun haerbin hefei fuzhou xiamen nanchang kunming guiyang
  nanning haikou sanya lanzhou xining yinchuan wulumuqi lasa huhehaote shijiazhuang taiyuan ningbo wenzhou wuxi dongguan
  foshan zhuhai zhongshan huizhou quanzhou yantai weifang xuzhou changzhou nantong guangdong jiangsu zhejiang shandong
  henan sichuan hubei hunan fujian hongkong xianggang aomen taiwan taibei
`

const pinyinPhrases = `
  woaiwojia wobuzhidao woshishui nihao nihaoma nishishui mima wodemima wangjile buzhidao haohaoxuexi tiantianxiangshang
  gongxifacai facai fadacai wanshiruyi yilupingan shengrikuaile xinniankuaile jixiangruyi pingan pinganfu kuaile xingfu
  jiankang laopo laogong baobei baobao qinaide mama baba gege jiejie didi meimei woaizhongguo zhongguoren gongsi caiwu
  kuaiji laoban jingli kehu zhanghao dangan guidang guicang tousu qingsuan gongzuo shangwu maoyi keji youxiangongsi
`

const chinesePhrases = `
  我爱你 我爱中国 我爱我家 我不知道 密码 我的密码 忘记了 不知道 你好 你好吗 好好学习 天天向上 好好学习天天向上 恭喜发财 发财 万事如意
  一帆风顺 一路平安 生日快乐 新年快乐 吉祥如意 平安 平安是福 快乐 幸福 健康 老婆 老公 宝贝 宝宝 亲爱的 妈妈 爸爸 哥哥 姐姐 弟弟 妹妹
  中国 中国人 中华人民共和国 北京 上海 广州 深圳 公司 有限公司 有限责任公司 财务 会计 老板 经理 客户 账号 档案 归档 归藏 投诉 清算 贸易
  科技 一二三 一二三四 一二三四五 一二三四五六 一二三四五六七 一二三四五六七八 一二三四五六七八九 一二三四五六七八九十 上山打老虎
  一二三四五上山打老虎 壹贰叁 壹贰叁肆伍陆 零一二三 床前明月光 疑是地上霜 举头望明月 低头思故乡 床前明月光疑是地上霜 春眠不觉晓
  处处闻啼鸟 白日依山尽 黄河入海流 海内存知己 天涯若比邻 锄禾日当午 汗滴禾下土 人之初 性本善 天地玄黄 宇宙洪荒 赵钱孙李 周吴郑王
  世上无难事 只怕有心人 为人民服务 芝麻开门 天王盖地虎 宝塔镇河妖 甲乙丙丁 甲乙丙丁戊己庚辛壬癸 子丑寅卯 东南西北 春夏秋冬
`

/** The words by rank, commonest first: an estimator counts a word's rank as the guesses that it takes. */
export function chineseCommonPasswords(): string[] {
  const lists = [passwords, chinesePhrases, surnames, pinyinPhrases, givenNames, places]
  return [...new Set(lists.flatMap((list) => list.split(/\s+/)).filter((word) => word !== ''))]
}
