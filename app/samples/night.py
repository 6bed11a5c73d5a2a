"""The night of 2–3 July 2020 as data: the whistle of the report and the small things around it (domain 6.5, 9).

From the report are: the patrol of two at midnight of 2 July along the Wanrong River, the manhole cover washed away
by backflow behind Jifeng Garden near Shuanghe Bridge, the calls to community and street, from there to the zone
platform and on to six departments, the owner of covers who was reached, the new cover and the silt cleared before
dawn without disturbing a jogger. Every minute, every sentence and all else here is invented. People are named by
their post and stand for no real person.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.actor import Channel
from app.domain.facts import Facts
from app.domain.intent import Value
from app.domain.moves import Action as Do
from app.domain.policy import WhistleKind
from app.domain.whistle import Precision, Severity, Source
from app.samples.night_morning import LOG, MORNING
from app.samples.night_rounds import FLOOD, FOUND, ROUNDS
from app.samples.script import Line, Spot, Step, local, phoned, typed

OFFICER, OFFICER_B, DAY_OFFICER = "JF-ZB1", "JF-ZB2", "JF-ZB3"
LEADER = "JF-DB"
PATROL, PATROL_B = "SH-G01-A", "SH-G01-B"
PLATFORM = "ZP-1"

UTILITIES, EMERGENCY, BRIGADE = "utilities_center", "emergency_bureau", "enforcement_brigade"
BEAUTY, SAFETY, SOCIAL = "beauty_office", "safety_bureau", "social_affairs"

LAMP, RAILING, MANHOLE = "lamp", "railing", "manhole"


# ── 未结哨两件（虚构）：前两日吹的，当晚仍未结 Two open cases, invented ──────────────────────────────────────

LAMP_LINES: tuple[Step, ...] = (
    typed(
        "2020-06-30 09:20", LAMP, Do.BLOW, "SH-G03-A",
        facts=Facts(
            WhistleKind.ROUTINE, "JF-SH-G03",
            {
                "title": "双河路路灯连片不亮", "place_text": "双河路农贸市场至新村一段，共 6 盏",
                "exposed": "晚上买菜、下晚自习的人", "why": "需登高车和配件，网格无力维修",
            },
            place="shuanghe_road", matter="street_lamp",
        ),
    ),
    typed("2020-06-30 10:00", LAMP, Do.APPROVE, "SH-SEC"),
    typed("2020-06-30 10:20", LAMP, Do.LEVEL_UP, "SH-SEC"),
    phoned("2020-06-30 10:30", LAMP, Do.LEVEL_UP, LEADER, who=DAY_OFFICER),
    typed("2020-06-30 10:45", LAMP, Do.DISPATCH, PLATFORM, lead=UTILITIES),
    phoned("2020-06-30 11:10", LAMP, Do.ACKNOWLEDGE, UTILITIES, who=DAY_OFFICER, on=UTILITIES, said="收到，下午派人看"),
    phoned(
        "2020-06-30 16:05", LAMP, Do.REPORT_IN, UTILITIES, who=DAY_OFFICER, on=UTILITIES,
        person="路灯班值班师傅", said="已到现场，控制箱进水",
    ),
    phoned(
        "2020-07-01 15:30", LAMP, Do.WORK_NOTE, UTILITIES, who=DAY_OFFICER, on=UTILITIES,
        note="控制箱已烘干，2 盏恢复；另 4 盏等配件，3 日上午更换",
    ),
)  # fmt: skip
"""日常，7 月 3 日到期。Routine, due on 3 July."""

RAILING_LINES: tuple[Step, ...] = (
    typed(
        "2020-07-01 17:10", RAILING, Do.BLOW, PATROL,
        facts=Facts(
            WhistleKind.ROUTINE, "JF-SH-G01",
            {
                "title": "沿江护栏松动约 8 米", "place_text": "双河沿江护栏，双河大桥往下游 150 米",
                "exposed": "傍晚散步居民，有小孩攀爬", "done_already": "已拉警戒带并贴提示",
                "why": "需焊接加固，另有摊位占压护栏，要执法配合",
            },
            severity=Severity.URGENT, place="river_railing", matter="road_damage",
        ),
    ),
    typed("2020-07-01 17:40", RAILING, Do.APPROVE, "SH-SEC"),
    typed("2020-07-01 17:45", RAILING, Do.LEVEL_UP, "SH-SEC"),
    phoned("2020-07-01 17:50", RAILING, Do.LEVEL_UP, LEADER, who=DAY_OFFICER),
    typed("2020-07-01 18:20", RAILING, Do.DISPATCH, PLATFORM, lead=UTILITIES, assists=(BRIGADE,)),
    phoned("2020-07-02 08:20", RAILING, Do.ACKNOWLEDGE, UTILITIES, who=DAY_OFFICER, on=UTILITIES, said="上午派人"),
    phoned("2020-07-02 08:40", RAILING, Do.ACKNOWLEDGE, BRIGADE, who=DAY_OFFICER, on=BRIGADE, said="中队安排"),
    phoned(
        "2020-07-02 10:05", RAILING, Do.REPORT_IN, UTILITIES, who=DAY_OFFICER, on=UTILITIES,
        person="维修班班长", said="已到护栏处，先做临时绑扎",
    ),
    phoned(
        "2020-07-02 11:20", RAILING, Do.WORK_NOTE, UTILITIES, who=DAY_OFFICER, on=UTILITIES,
        note="临时绑扎完成；焊接须等摊位挪开，雨停后施工",
    ),
    typed("2020-07-02 16:30", RAILING, Do.NOTE, DAY_OFFICER, note="电话催办执法大队 1 次，答复 3 日上午到场"),
)  # fmt: skip
"""日常，协办未报到，已催办 1 次。Routine; the assist has not reported in and was urged once."""


# ── 当日随手办的（虚构）Solved on the spot on 2 July, invented ───────────────────────────────────────────────
# 街面两轮问题 4 处，当场整改 3 处；第 4 处即护栏。夜班接报 3 件：店外经营、修电线已办，井盖一件移交部门。
# Two street rounds found four problems, three put right at once; the fourth is the railing. The night desk took
# three reports: goods outside a shop and a wire were settled, the manhole went to the departments.

SPOTS: tuple[Spot, ...] = (
    Spot("2020-07-02 07:25", "SH-G01-ZF", "finding", "JF-SH-G01", "店外堆物 1 处，当场搬回", matter="outside_trading"),
    Spot("2020-07-02 07:40", "SH-G03-B", "finding", "JF-SH-G03", "市场口摩托车堵门，当场疏通", place="shuanghe_market"),
    Spot("2020-07-02 08:30", "SH-G02-A", "visit", "JF-SH-G02", "走访征拆户 3 户，解答签约时间"),
    Spot("2020-07-02 08:50", "SH-G04-A", "visit", "JF-SH-G04", "产业园企业防汛提醒 5 家", place="shuanghe_park"),
    Spot("2020-07-02 09:10", "GNP-G01-A", "visit", "JF-GNP-G01", "劝离楼道充电电动车 2 辆", place="guniuping_estate"),
    Spot("2020-07-02 09:20", "GNP-G02-A", "visit", "JF-GNP-G02", "独居老人走访 2 户，身体平安"),
    Spot("2020-07-02 09:40", "GNP-G03-A", "finding", "JF-GNP-G03", "建材占道，当场归位", place="guniuping_materials"),
    Spot("2020-07-02 10:00", "GNP-G04-A", "visit", "JF-GNP-G04", "工地基坑水泵试机正常", place="guniuping_site"),
    Spot("2020-07-02 10:15", "LF-G01-A", "service", "JF-LF-G01", "代办老年卡 1 件", place="longfeng_center"),
    Spot("2020-07-02 10:30", "LF-G02-A", "visit", "JF-LF-G02", "厂房地下室挡水板到位", place="longfeng_workshops"),
    Spot("2020-07-02 10:45", "LF-G03-A", "visit", "JF-LF-G03", "提醒校门外商户备沙袋", place="college_gate"),
    Spot("2020-07-02 11:00", "LF-G04-A", "finding", "JF-LF-G04", "清捞排洪沟口漂浮物", place="longfeng_ditch"),
    Spot("2020-07-02 14:40", "WX-G01-A", "service", "JF-WX-G01", "调解邻里漏水 1 起"),
    Spot("2020-07-02 15:00", "WX-G02-A", "visit", "JF-WX-G02", "市场摊主防汛提醒 20 户", place="wanxi_market"),
    Spot("2020-07-02 15:20", "WX-G03-A", "finding", "JF-WX-G03", "清理排水渠格栅垃圾", place="wanxi_channel"),
    Spot("2020-07-02 15:40", "WX-G04-A", "visit", "JF-WX-G04", "劝离占道货车 3 辆", place="wanxi_logistics"),
    Spot("2020-07-02 16:00", "MLP-G01-A", "visit", "JF-MLP-G01", "地下室住户登记 4 户", place="mulinping_estate"),
    Spot("2020-07-02 16:20", "MLP-G02-A", "visit", "JF-MLP-G02", "下穿通道水尺、警示牌检查正常",
         place="mulinping_underpass"),
    Spot("2020-07-02 16:40", "MLP-G03-A", "visit", "JF-MLP-G03", "水塘边劝离钓鱼 2 人", place="mulinping_pond"),
    Spot("2020-07-02 16:50", "PPA-G01-A", "visit", "JF-PPA-G01", "转移名单核对 6 户"),
    Spot("2020-07-02 17:00", "PPA-G02-A", "visit", "JF-PPA-G02", "加油站防雷防汛自查表收回",
         place="pengpengao_station"),
    Spot("2020-07-02 17:10", "PPA-G03-A", "visit", "JF-PPA-G03", "山塘值守到岗，水位平稳",
         place="pengpengao_reservoir"),
    Spot("2020-07-02 17:25", "SH-G01-LW", "visit", "JF-SH-G01", "沿江住户汛期安全喊话一遍"),
    Spot("2020-07-02 18:50", OFFICER, "finding", "JF-SH-G01", "店外经营 1 户，电话转驻格员劝回", by="SH-G01-ZF",
         matter="outside_trading", channel=Channel.PHONE),
    Spot("2020-07-02 20:40", OFFICER_B, "service", "JF-SH-G01", "帮居民修好进户电线 1 户", by="SH-G01-SQ",
         place="jifeng_garden", note="住户来电家中断电，社区工作人员带电工上门，换空气开关", channel=Channel.PHONE),
)  # fmt: skip


# ── 井盖一件 The manhole ────────────────────────────────────────────────────────────────────────────────────
# 报道只说“7月2日午夜”，所以发现时间写“约 23:52”。The report says "midnight of 2 July": found at about 23:52.

FINDING = Facts(
    WhistleKind.EMERGENCY,
    "JF-SH-G01",
    {
        "title": "步行道井盖被倒灌冲失，洞口翻水",
        "place_text": "万溶江双河大桥附近，吉凤家园背后绿化步行道",
        "exposed": "居民晨练必经，天黑看不见洞口",
        "spreading": "江水大股往外翻，已淹很长一段步行道",
        "on_scene": "巡河网格员甲、乙两人",
        "done_already": "两头站人提醒绕行",
        "why": "洞口不知深浅，无专业处置能力，要多部门到场",
        "caller": "双河一网格·网格员甲",
        "callback": "000-0000-1003",
    },
    severity=Severity.CRITICAL,
    place="jifeng_walkway",
    matter="manhole",
    source=Source.PATROL,
    occurred_at=local("2020-07-02 23:52"),
    precision=Precision.APPROX,
)


def _phone(at: str, action: Do, told: str, on: str = "", **args: Value) -> Step:
    return Step(at, MANHOLE, action, OFFICER, on=on, told=told, channel=Channel.PHONE, args=args)


def _came(at: str, department: str, person: str, said: str) -> Step:
    return _phone(at, Do.REPORT_IN, department, department, person=person, said=said)


def _note(at: str, note: str) -> Step:
    return typed(at, MANHOLE, Do.NOTE, OFFICER, note=note)


def _report(at: str, said: str, **more: Value) -> Step:
    return Step(at, MANHOLE, Do.REPORT, OFFICER, args={"said": said, **more})


def _work(at: str, department: str, note: str) -> Step:
    return _phone(at, Do.WORK_NOTE, department, department, note=note)


def _done(at: str, department: str, note: str) -> Step:
    return _phone(at, Do.DONE, department, department, note=note)


MANHOLE_LINES: tuple[Step, ...] = (
    replace(_phone("2020-07-02 23:53", Do.DRAFT, PATROL, facts=FINDING), found=FOUND),
    _phone("2020-07-02 23:56", Do.BLOW, PATROL),
    phoned("2020-07-03 00:04", MANHOLE, Do.LEVEL_UP, LEADER, who=OFFICER, said="同意，立即报开发区平台"),
    _phone("2020-07-03 00:08", Do.DISPATCH, PLATFORM, lead=UTILITIES,
           assists=(EMERGENCY, BRIGADE, BEAUTY, SAFETY, SOCIAL), said="六家同时派，公共事业中心主办"),
    _phone("2020-07-03 00:09", Do.ACKNOWLEDGE, UTILITIES, UTILITIES, said="收到，抢修班出发"),
    _phone("2020-07-03 00:10", Do.ACKNOWLEDGE, EMERGENCY, EMERGENCY, said="收到"),
    _phone("2020-07-03 00:11", Do.ACKNOWLEDGE, BRIGADE, BRIGADE, said="收到，带警戒带"),
    _phone("2020-07-03 00:12", Do.ACKNOWLEDGE, BEAUTY, BEAUTY, said="收到"),
    _phone("2020-07-03 00:14", Do.ACKNOWLEDGE, SAFETY, SAFETY, said="第二遍才接通，已出发"),
    _phone("2020-07-03 00:15", Do.ACKNOWLEDGE, SOCIAL, SOCIAL, said="替补接听，马上到"),
    _report("2020-07-03 00:20", "已电话报街道主要负责人和开发区值班室", reported_to="街道主要负责人、开发区值班室"),
    _came("2020-07-03 00:26", UTILITIES, "抢修班班长", "到了，水很急，先探深"),
    _came("2020-07-03 00:27", EMERGENCY, "应急值班干部", "到了，带沙袋和照明"),
    _came("2020-07-03 00:28", BRIGADE, "执法中队副队长", "到了，正在拉警戒带"),
    _note("2020-07-03 00:30", "步行道两头警戒带已拉好，有人看守"),
    _came("2020-07-03 00:31", BEAUTY, "美丽办值班员", "到了"),
    _came("2020-07-03 00:34", SAFETY, "安监值班员", "到了，查周边用电"),
    _work("2020-07-03 00:35", UTILITIES, "测得井深约 2 米，雨水管倒灌，联系井盖商家连夜送盖"),
    _came("2020-07-03 00:37", SOCIAL, "社会事务局值班员", "到了，和社区一起通知沿线住户"),
    _work("2020-07-03 00:38", EMERGENCY, "沙袋围堵洞口，架照明灯两盏"),
    _work("2020-07-03 00:39", BRIGADE, "步行道双向封闭，岗哨两处"),
    phoned("2020-07-03 00:42", MANHOLE, Do.MADE_SAFE, PATROL, who=OFFICER,
           note="洞口已围堵照明，两头有人看守，行人进不去"),
    _work("2020-07-03 00:50", BEAUTY, "协调清淤队伍和运输车"),
    _work("2020-07-03 00:55", SAFETY, "步行道灯杆已断电，无漏电"),
    _work("2020-07-03 01:05", SOCIAL, "沿线住户已逐户提醒，无人需要转移"),
    _report("2020-07-03 01:20", "六部门在场，翻水减弱，无人受伤", casualties="无人受伤", trend="翻水减弱"),
    _work("2020-07-03 01:40", UTILITIES, "临时盖板压住洞口，商家答复四点半前送到"),
    _report("2020-07-03 02:20", "江水略退，步行道积水下降，处置照计划进行"),
    _work("2020-07-03 02:40", UTILITIES, "水泵两台抽排，检查同段其余井盖"),
    _report("2020-07-03 03:20", "积水退出步行道，留淤泥约 120 米"),
    _work("2020-07-03 03:40", BEAUTY, "清淤队到场，从上游往下游清"),
    _report("2020-07-03 04:20", "新井盖已出库，预计半小时内到场"),
    _work("2020-07-03 04:50", UTILITIES, "新井盖安装到位，加装防坠网座"),
    _report("2020-07-03 04:55", "新井盖到位，正在清淤，预计天亮前结束"),
    _done("2020-07-03 04:58", EMERGENCY, "沙袋、照明收回"),
    _done("2020-07-03 05:02", SAFETY, "灯杆恢复供电，复测正常"),
    _done("2020-07-03 05:10", BRIGADE, "警戒撤除，步行道恢复通行"),
    _done("2020-07-03 05:12", BEAUTY, "清淤队收尾，垃圾外运"),
    _done("2020-07-03 05:20", SOCIAL, "已向沿线住户说明"),
    _done("2020-07-03 05:25", UTILITIES, "新盖牢固，清淤完毕"),
    _phone("2020-07-03 05:30", Do.CHECK, PATROL, passed=True, remark="走了一遍，盖子稳，路面干净，晨跑的人还没来"),
    _report("2020-07-03 06:00", "新井盖已装、清淤完毕，05:30 现场核查通过，步行道恢复通行，无人受伤",
            casualties="无人受伤", reported_to="开发区值班室"),
    _phone("2020-07-03 07:15", Do.RATE, PATROL, score=5, remark="来得快，天亮前办完"),
)  # fmt: skip
"""W-20200702-01：六部门，签收两家超过五分钟，报到最迟二十九分钟。"""


LINES: tuple[Line, ...] = (
    *LAMP_LINES, *RAILING_LINES, *SPOTS, *FLOOD, *ROUNDS, *MANHOLE_LINES, *LOG, *MORNING
)  # fmt: skip
