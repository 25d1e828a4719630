"""Which letters of a Chinese question only say how it is asked: 的, 了, 什么, 多少.

What they leave are the stretches that a question is about. No dictionary and no parser: the few common words that hold
such a letter without meaning it (目的, 和平) are listed, so that they stay whole.
"""

import re

# Simplified and traditional side by side; of two that begin alike the longer one is tried first.
ASKING = """
为什么 為什麼 为何 為何 什么时候 什麼時候 什么时间 什麼時間 什么 什麼 甚麼 啥 怎么样 怎麼樣 怎么 怎麼 怎样 怎樣 如何
多少 几 幾 哪里 哪裡 哪儿 哪兒 哪些 哪个 哪個 哪位 哪一 哪 谁 誰 何时 何時 何处 何處 何人 何地 何年 多大 多高 多长 多長
多久 多远 多遠 多快 多重 是不是 有没有 有沒有 是否 能否 可否 能不能 会不会 會不會 请问 請問 告诉我 告訴我 介绍一下
介紹一下
"""
SMALL = """
关于 關於 根据 根據 对于 對於 由于 由於 因为 因為 所以 但是 不过 不過 而且 以及 或者 还是 還是 如果 虽然 雖然 已经 已經
正在 可以 它们 它們 他们 他們 她们 她們 我们 我們 你们 你們 这个 這個 那个 那個 这些 這些 那些 这里 這裡 那里 那裡 这样
這樣 一个 一個 一些 的 地 得 了 着 著 过 過 吗 嗎 呢 吧 啊 呀 嘛 是 在 有 和 与 與 及 或 而 也 都 就 又 还 還 很 把 被
让 讓 给 給 对 對 向 从 從 由 以 于 於 为 為 其 之 这 這 那 它 他 她 我 你 您 说 說 称 稱 会 會 能 要 将 將 用 到 来 來
去
"""
WHOLE = """
项目 項目 节目 節目 题目 題目 数目 數目 栏目 欄目 目的 的确 的確 了解 为了 为期 為期 成为 成為 行为 行為 认为 認為 作为
作為 地区 地區 地方 地铁 地鐵 地球 地面 地点 地點 地址 地图 地圖 土地 基地 当地 當地 陆地 陸地 各地 产地 產地 地下 地上
地位 外地 内地 內地 工地 草地 场地 場地 得到 获得 獲得 取得 值得 着手 著手 显著 顯著 著名 过去 過去 过程 過程 通过 通過
超过 超過 经过 經過 不是 存在 现在 現在 所在 在线 在線 有限 有效 有关 有關 拥有 擁有 所有 国有 國有 没有 沒有 具有 和平
和谐 和諧 共和 总和 總和 饱和 飽和 与会 與會 参与 參與 及时 及時 普及 涉及 首都 成都 都市 京都 就业 就業 成就 就是 又是
还有 還有 把握 让步 讓步 给予 給予 对话 對話 相对 相對 对外 對外 对手 對手 针对 針對 反对 反對 面对 面對 方向 向导 向導
从事 從事 理由 自由 由来 由來 以来 以來 以上 以下 以前 以后 以後 之间 之間 之一 之前 之后 之後 其中 其他 其实 其實 尤其
吉他 他人 自我 小说 小說 说明 說明 传说 傳說 名称 名稱 称号 稱號 会议 會議 社会 社會 大会 大會 协会 協會 机会 機會 会员
會員 委员会 委員會 运动会 運動會 博览会 博覽會 能源 能力 智能 功能 性能 可能 节能 節能 电能 電能 太阳能 太陽能 重要 主要
需要 要求 将军 將軍 将来 将近 將近 使用 应用 應用 利用 费用 費用 用户 用戶 用途 采用 採用 专用 專用 作用 信用 到达 到達
达到 達到 未来 未來 来源 來源 来自 來自 原来 原來 外来 外來 带来 帶來 去年 去世
"""


def _any_of(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


# A word to keep wins over the small words that begin at the same place or inside it.
WORDS = re.compile(f"(?P<whole>{_any_of(WHOLE)})|(?P<small>{_any_of(ASKING + SMALL)})")


def telling_stretches(run: str) -> list[tuple[int, int]]:
    """What a run of Chinese is about: the stretches between its small words, in order; empty when there are only such."""
    stretches: list[tuple[int, int]] = []
    start = 0
    for match in WORDS.finditer(run):
        if match.lastgroup == "small":
            stretches.append((start, match.start()))
            start = match.end()
    stretches.append((start, len(run)))
    return [(start, end) for start, end in stretches if start < end]
