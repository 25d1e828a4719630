"""Three Chinese articles about the town of Yunwu (云梧镇), which does not exist.

The first is plain, the second mixes in English names and full-width figures, the third is in traditional characters.
"""

from __future__ import annotations

FERRY = """\
云梧镇电动渡轮投入使用

云梧镇第一艘电动渡轮“白鹭号”今年三月开始载客，头一个月运送了12400名乘客。渡轮每天往返云湖十一次，单程只要九分钟。\
船长沈若兰说：“电池充一次电，够走三个来回。冬天会少一些。”

旧的柴油渡轮将卖给邻县的船舶博物馆……它的发动机造于1961年，从来没有坏过。

票价问题

成人单程票四元五角，六岁以下儿童免费；自行车、手推车和大件行李要另外买票。为什么不涨价？\
镇长回答说，渡轮是大家的路——路不应该收高价。"""

ROBOTS = """\
云梧镇的AI企业去年收入6000亿元？不，是6000万元。镇统计站站长何立言在二〇二五年年会上更正了这个数字。

这家名叫Lanyu Robotics的公司开发采茶机器人，每台售价约1.59万元，２０２４年卖出380台。公司CEO Mara Lin对记者表示，\
机器人用的是开源模型Teaspoon-2.5，任何人都可以下载。

电影《机器人！快跑》就在它的车间里拍摄。“它们不会累。”何立言说。但是茶农周阿婆问：“那谁来唱采茶歌？”没有人回答她。"""

LIBRARY = """\
雲梧鎮圖書館上週重新開放，館藏增加到三萬八千冊。館長羅敬亭表示：「孩子們最喜歡地下一樓的『星空閱覽室』。」

圖書館的屋頂鋪了九十六塊太陽能板，夏天發的電用不完，就送給隔壁的小學。

修繕工程花了兩年，經費來自鎮民的捐款和一位不願透露姓名的茶商。"""

ALL = (FERRY, ROBOTS, LIBRARY)
