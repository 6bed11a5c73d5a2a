"""The street on the morning of 26 October 2020 as data: a case in every state (domain 9, decisions 21).

From the report are: the shops along Rongjiang Estate with transfer notices, the crowd before and after school, the
talks with the city-appearance office and the enforcement brigade, the request to the prefecture for permitted hours,
the members who keep order meanwhile; the vendors outside the college, who moved to a place marked out at the Longfeng
B3 junction; and the night of 2 July. Their dates and sentences, and every other case here, are invented. People are
named by their post and stand for no real person.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.actor import Channel
from app.domain.facts import Facts
from app.domain.intent import Value
from app.domain.moves import Action as Do
from app.domain.policy import WhistleKind as Kind
from app.domain.whistle import Severity, Source
from app.samples.night import MANHOLE_LINES
from app.samples.script import Line, Spot, Step, later, phoned, typed
from app.samples.street_rounds import ROUNDS

OFFICER, OFFICER_B = "JF-ZB1", "JF-ZB2"
LEADER, ADMIN, PLATFORM = "JF-DB", "JF-GL", "ZP-1"

UTILITIES, EMERGENCY, BRIGADE = "utilities_center", "emergency_bureau", "enforcement_brigade"
BEAUTY, SAFETY, SOCIAL = "beauty_office", "safety_bureau", "social_affairs"
POLICE, DEMOLITION = "police_station", "demolition_office"


def _matter(kind: Kind, grid: str, title: str, place: str, matter: str, why: str, **texts: str) -> Facts:
    words = {"title": title, "why": why} | texts
    return Facts(kind, f"JF-{grid}", words, place=place, matter=matter)


def _sent(
    at: str, case: str, by: str, facts: Facts, secretary: str, dispatched: str, lead: str, *assists: str
) -> tuple[Step, ...]:
    """Blown, approved by the community, raised by it and by the duty leader, dispatched by the zone platform."""
    return (
        typed(at, case, Do.BLOW, by, facts=facts),
        typed(later(at, 40), case, Do.APPROVE, secretary),
        typed(later(at, 45), case, Do.LEVEL_UP, secretary),
        phoned(later(at, 55), case, Do.LEVEL_UP, LEADER, who=OFFICER),
        typed(dispatched, case, Do.DISPATCH, PLATFORM, lead=lead, assists=assists),
    )


def _told(at: str, case: str, action: Do, department: str, **args: Value) -> Step:
    """A department calls, the desk writes it down."""
    return Step(at, case, action, OFFICER, on=department, told=department, channel=Channel.PHONE, args=args)


def _heard(at: str, case: str, *departments: str) -> tuple[Step, ...]:
    return tuple(_told(at, case, Do.ACKNOWLEDGE, department, said="收到") for department in departments)


def _came(at: str, case: str, department: str, person: str, said: str) -> Step:
    return _told(at, case, Do.REPORT_IN, department, person=person, said=said)


def _work(at: str, case: str, department: str, note: str) -> Step:
    return _told(at, case, Do.WORK_NOTE, department, note=note)


def _done(at: str, case: str, department: str, note: str) -> Step:
    return _told(at, case, Do.DONE, department, note=note)


# ── 溶江小区临街门店：攻坚，在办 Shops along Rongjiang Estate: tough, open ──────────────────────────────────
SHOPS = "shops"
SHOPS_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-09-14 09:30", SHOPS, "GNP-G02-SQ",
        _matter(
            Kind.TOUGH, "GNP-G02", "溶江小区临街三四家门店贴出转让广告", "rongjiang_shops", "timed_permit",
            "占道经营要罚，不占道店面容不下，须特许时段",
            exposed="店主和接送学生的家长", spreading="上学放学爆满，平时没有客人", done_already="已入店调查原因",
        ),
        "GNP-SEC", "2020-09-18 17:00", BEAUTY, BRIGADE,
    ),
    typed("2020-09-15 09:00", SHOPS, Do.CONSULT, PLATFORM, reason="政策不允许而群众确需，请相关部门会商"),
    typed("2020-09-15 16:30", SHOPS, Do.NOTE, "GNP-G02-A", note="放学时段到场劝导、规范，维持秩序 40 分钟"),
    typed(
        "2020-09-18 16:30", SHOPS, Do.CONCLUDE, PLATFORM, present="开发区平台、街道、区美丽办、执法大队、牯牛坪社区",
        decision="由区美丽办牵头形成报告，报州里特许每天规定时段限时占道；答复前网格员上下学时段到场维持秩序",
        lead=BEAUTY, until="2020-10-30 18:00",
    ),
    *_heard("2020-09-21 08:50", SHOPS, BEAUTY, BRIGADE),
    _came("2020-09-21 15:40", SHOPS, BEAUTY, "美丽办业务干部", "到店面实地看过，量了人行道宽度"),
    _came("2020-09-21 15:45", SHOPS, BRIGADE, "执法中队副队长", "同到现场"),
    _work("2020-09-25 17:00", SHOPS, BEAUTY, "报告已报州里主管部门，等答复"),
    _work("2020-09-25 17:10", SHOPS, BRIGADE, "答复前以劝导为主，不处罚"),
    typed("2020-10-12 08:10", SHOPS, Do.NOTE, "GNP-G02-SQ", note="上学时段护学、规范摊架，秩序正常"),
    _work("2020-10-14 16:00", SHOPS, BEAUTY, "州里要求补充人行道照片和消防意见，已补报"),
    _work("2020-10-15 10:20", SHOPS, BRIGADE, "每日两次巡查，无处罚"),
    _told("2020-10-21 10:00", SHOPS, Do.REQUEST_EXTENSION, BEAUTY, reason="州里尚未答复", until="2020-11-30 18:00"),
    typed(
        "2020-10-21 15:20", SHOPS, Do.DECIDE_EXTENSION, LEADER, on=BEAUTY, granted=True,
        reason="同意，答复前继续维持秩序",
    ),
    _work("2020-10-21 16:00", SHOPS, BEAUTY, "已再次电话请示，答复在走程序"),
    _work("2020-10-22 09:30", SHOPS, BRIGADE, "门店秩序平稳"),
    typed("2020-10-23 16:40", SHOPS, Do.NOTE, "GNP-G02-A", note="放学时段到场劝导，四家门店均在线内经营"),
)  # fmt: skip

# ── 湘西职院外流动摊贩：攻坚，已评价 Vendors outside the college: tough, rated 5 ────────────────────────────
VENDORS = "vendors"
VENDORS_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-09-07 10:00", VENDORS, "LF-G03-A",
        _matter(
            Kind.TOUGH, "LF-G03", "湘西职院外流动摊贩与执法人员打游击", "college_gate", "vendor",
            "须划定地段，网格无权限", exposed="摊贩、学生和过路车辆", done_already="已逐户了解摊贩想法",
        ),
        "LF-SEC", "2020-09-09 15:00", BRIGADE, BEAUTY,
    ),
    typed("2020-09-08 09:20", VENDORS, Do.CONSULT, LEADER, reason="堵不如疏，请部门商量划地"),
    typed(
        "2020-09-09 11:30", VENDORS, Do.CONCLUDE, LEADER, present="街道、执法大队、美丽办、龙凤社区",
        decision="在龙凤B3区路口划出地段统一摆摊，网格员逐户劝导", lead=BRIGADE,
    ),
    *_heard("2020-09-10 08:40", VENDORS, BRIGADE, BEAUTY),
    _came("2020-09-10 16:30", VENDORS, BRIGADE, "执法中队队长", "到B3区路口勘界"),
    _came("2020-09-10 16:30", VENDORS, BEAUTY, "美丽办业务干部", "一同勘界"),
    _work("2020-09-14 17:00", VENDORS, BRIGADE, "划线完成，留出消防通道"),
    _work("2020-09-14 17:10", VENDORS, BEAUTY, "垃圾桶、洗手点到位"),
    typed("2020-09-16 18:30", VENDORS, Do.NOTE, "LF-G03-B", note="劝导 17 户进场，剩 3 户明日再劝"),
    _done("2020-09-18 17:00", VENDORS, BEAUTY, "保洁排班已落实"),
    _done("2020-09-18 18:20", VENDORS, BRIGADE, "摊贩全部进场，校门外无占道"),
    typed("2020-09-19 18:30", VENDORS, Do.CHECK, "LF-G03-A", passed=True, remark="晚高峰看过，摊位都在线内，路口通畅"),
    typed("2020-09-21 09:00", VENDORS, Do.RATE, "LF-G03-A", score=5, remark="摊贩和执法人员都说好"),
    typed("2020-09-21 10:30", VENDORS, Do.COUNTERSIGN, "LF-SEC"),
)  # fmt: skip

# ── 以下虚构 Invented from here on ──────────────────────────────────────────────────────────────────────────

# 路灯：日常，已超期；又有群众来电，并入本哨。 Overdue; a second report was joined to it.
LAMP, LAMP_AGAIN = "lamp", "lamp_again"
LAMP_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-10-15 09:00", LAMP, "SH-G03-A",
        _matter(
            Kind.ROUTINE, "SH-G03", "双河路路灯 4 盏不亮", "shuanghe_road", "street_lamp", "需登高车和配件",
            exposed="晚上过路的居民",
        ),
        "SH-SEC", "2020-10-15 10:30", UTILITIES,
    ),
    *_heard("2020-10-15 11:00", LAMP, UTILITIES),
    _came("2020-10-15 15:00", LAMP, UTILITIES, "路灯班值班师傅", "已到，镇流器烧了"),
    _work("2020-10-16 16:00", LAMP, UTILITIES, "修好 1 盏，其余等配件"),
    typed(
        "2020-10-16 20:10", LAMP_AGAIN, Do.BLOW, OFFICER_B,
        facts=Facts(
            Kind.ROUTINE, "JF-SH-G03",
            {"title": "群众来电：双河路晚上太黑", "exposed": "过路居民", "why": "同路灯不亮一事", "caller": "过路居民"},
            place="shuanghe_road", matter="street_lamp", source=Source.CALL,
        ),
    ),
    typed("2020-10-16 20:15", LAMP_AGAIN, Do.JOIN, OFFICER_B, into=LAMP),
    _work("2020-10-20 17:00", LAMP, UTILITIES, "配件在途，预计一周内到"),
    typed("2020-10-23 09:10", LAMP, Do.NOTE, OFFICER, note="已超期，督办一次"),
)  # fmt: skip

# 排洪沟：部门退哨，未获同意，钟不停，已在途。 A return was refused; they are on the way.
DITCH = "ditch"
DITCH_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-10-23 13:30", DITCH, "LF-G04-A",
        _matter(
            Kind.ROUTINE, "LF-G04", "排洪沟淤积，沟口垃圾堵塞", "longfeng_ditch", "drain", "要挖机清淤",
            exposed="沟边住户，雨大会漫进院子",
        ),
        "LF-SEC", "2020-10-23 15:00", UTILITIES,
    ),
    *_heard("2020-10-23 15:30", DITCH, UTILITIES),
    _told("2020-10-23 15:50", DITCH, Do.REQUEST_RETURN, UTILITIES, reason="排洪沟应属水利，不归本中心"),
    typed(
        "2020-10-23 17:10", DITCH, Do.DECIDE_RETURN, PLATFORM, on=UTILITIES, granted=False,
        reason="城区排洪沟按分工由公共事业中心管护",
    ),
    _told("2020-10-26 08:15", DITCH, Do.EN_ROUTE, UTILITIES, said="挖机已出发"),
)  # fmt: skip

# 物流园货车：协办逾期未报到。 The assist did not come in time.
TRUCKS = "trucks"
TRUCKS_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-10-21 08:30", TRUCKS, "WX-G04-A",
        _matter(
            Kind.ROUTINE, "WX-G04", "物流园外货车占道过夜", "wanxi_logistics", "parking", "须执法和交警一起管",
            exposed="早晚骑车上下班的人",
        ),
        "WX-SEC", "2020-10-21 10:00", BRIGADE, POLICE,
    ),
    *_heard("2020-10-21 10:40", TRUCKS, BRIGADE, POLICE),
    _came("2020-10-21 16:00", TRUCKS, BRIGADE, "执法队员两名", "到了，先贴告知书"),
    _work("2020-10-22 16:30", TRUCKS, BRIGADE, "告知书贴 11 张，驶离 8 辆"),
    typed("2020-10-23 10:20", TRUCKS, Do.NOTE, OFFICER, note="派出所未报到，电话催办一次，答复周一到"),
)  # fmt: skip

# 下穿通道积水：结案后反弹，已重开，待派。 Closed, then the water came back: reopened, waiting for dispatch.
UNDERPASS = "underpass"
UNDERPASS_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-09-28 09:00", UNDERPASS, "MLP-G02-A",
        _matter(
            Kind.ROUTINE, "MLP-G02", "下穿通道积水 15 厘米", "mulinping_underpass", "waterlogging", "要疏通地下管网",
            exposed="过往车辆和行人",
        ),
        "MLP-SEC", "2020-09-28 10:20", UTILITIES,
    ),
    *_heard("2020-09-28 10:50", UNDERPASS, UTILITIES),
    _came("2020-09-28 14:30", UNDERPASS, UTILITIES, "管网班班长", "已到，架泵抽水"),
    _work("2020-09-29 17:00", UNDERPASS, UTILITIES, "疏通雨水篦子 3 处"),
    _done("2020-10-09 15:30", UNDERPASS, UTILITIES, "管道疏通完毕，通道恢复通行"),
    typed("2020-10-10 09:20", UNDERPASS, Do.CHECK, "MLP-G02-B", passed=False, remark="西侧篦子仍有淤泥"),
    _done("2020-10-10 16:00", UNDERPASS, UTILITIES, "西侧已清"),
    typed("2020-10-10 17:10", UNDERPASS, Do.CHECK, "MLP-G02-B", passed=True, remark="路面干净，排水正常"),
    typed("2020-10-12 09:00", UNDERPASS, Do.RATE, "MLP-G02-A", score=4, remark="来了两趟才弄好"),
    typed("2020-10-26 07:40", UNDERPASS, Do.REOPEN, LEADER, reason="25 日夜雨后同一处又积水约 10 厘米"),
)  # fmt: skip

# 边坡：挂账，等枯水期。 Suspended until low water.
SLOPE = "slope"
SLOPE_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-10-09 09:00", SLOPE, "MLP-G02-A",
        _matter(
            Kind.TOUGH, "MLP-G02", "边坡有裂缝，坡脚渗水", "mulinping_slope", "work_safety", "须勘测加固",
            exposed="坡下三户",
        ),
        "MLP-SEC", "2020-10-09 11:00", SAFETY, EMERGENCY,
    ),
    *_heard("2020-10-09 15:00", SLOPE, SAFETY, EMERGENCY),
    _came("2020-10-10 10:00", SLOPE, SAFETY, "安监业务干部", "到了，请来勘测人员"),
    _came("2020-10-10 10:05", SLOPE, EMERGENCY, "应急值班干部", "同到"),
    _work("2020-10-13 16:00", SLOPE, SAFETY, "裂缝稳定，已设警戒和观测点；加固须枯水期施工"),
    _told("2020-10-14 09:00", SLOPE, Do.NOTE, SAFETY, note="建议挂账"),
    typed(
        "2020-10-14 09:30", SLOPE, Do.REQUEST_SUSPENSION, "MLP-G02-A", reason="等枯水期施工", until="2020-11-20 09:00",
    ),
    typed("2020-10-15 10:00", SLOPE, Do.DECIDE_SUSPENSION, ADMIN, granted=True, reason="同意挂账，每周观测一次"),
)  # fmt: skip

# 过渡安置：会商中。 In consultation.
HOUSING = "housing"
HOUSING_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-10-22 09:00", HOUSING, "SH-G02-A",
        _matter(
            Kind.TOUGH, "SH-G02", "特色街区 2 户过渡安置房漏雨", "shuanghe_quarter", "demolition", "维修责任几家说不清",
            exposed="两户六口人，有老人",
        ),
        "SH-SEC", "2020-10-22 11:00", DEMOLITION, SOCIAL,
    ),
    *_heard("2020-10-22 15:00", HOUSING, DEMOLITION, SOCIAL),
    _came("2020-10-23 10:00", HOUSING, DEMOLITION, "征拆办干部", "入户看过，先盖防水布"),
    typed("2020-10-23 15:00", HOUSING, Do.CONSULT, PLATFORM, reason="维修责任不清，27 日上午会商"),
)  # fmt: skip

# 暴露垃圾：返工一次，待核查。 Sent back once, waiting for the check.
LITTER = "litter"
LITTER_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-10-22 15:20", LITTER, "GNP-G01-A",
        _matter(
            Kind.ROUTINE, "GNP-G01", "安置小区后墙积存垃圾", "guniuping_estate", "litter", "量大，须机械清运",
            exposed="后排住户",
        ),
        "GNP-SEC", "2020-10-22 16:40", BRIGADE, BEAUTY,
    ),
    *_heard("2020-10-22 17:00", LITTER, BRIGADE, BEAUTY),
    _came("2020-10-23 09:10", LITTER, BRIGADE, "执法队员", "到了，查倾倒来源"),
    _came("2020-10-23 09:20", LITTER, BEAUTY, "环卫班长", "带铲车到场"),
    _done("2020-10-23 14:00", LITTER, BEAUTY, "清运 6 车"),
    _done("2020-10-23 14:30", LITTER, BRIGADE, "告知周边装修户"),
    typed(
        "2020-10-23 16:00", LITTER, Do.CHECK, "GNP-G01-A", passed=False, remark="墙角还有建筑垃圾一堆",
        departments=(BEAUTY,),
    ),
    _done("2020-10-23 17:40", LITTER, BEAUTY, "墙角已清"),
)  # fmt: skip

# 架空线：两家都退过，标记来回退。 Bounced twice: marked, both refusals side by side.
CABLE = "cable"
CABLE_LINES: tuple[Step, ...] = (
    *_sent(
        "2020-10-23 08:40", CABLE, "PPA-G01-A",
        _matter(
            Kind.ROUTINE, "PPA-G01", "服务中心门口线缆下垂", "pengpengao_center", "power_line", "不知产权归谁",
            exposed="进出办事的居民",
        ),
        "PPA-SEC", "2020-10-23 09:50", UTILITIES,
    ),
    *_heard("2020-10-23 10:10", CABLE, UTILITIES),
    _told("2020-10-23 10:30", CABLE, Do.REQUEST_RETURN, UTILITIES, reason="是弱电线缆，不归本中心"),
    typed(
        "2020-10-23 11:20", CABLE, Do.DECIDE_RETURN, PLATFORM, on=UTILITIES, granted=True, reason="确非供电线路",
        to=SAFETY,
    ),
    _told("2020-10-23 14:20", CABLE, Do.REQUEST_RETURN, SAFETY, reason="应由产权单位处理"),
    typed(
        "2020-10-23 15:40", CABLE, Do.DECIDE_RETURN, PLATFORM, on=SAFETY, granted=False, reason="先消除隐患，再查产权",
    ),
    _came("2020-10-26 08:20", CABLE, SAFETY, "安监业务干部", "到了，先扎起来"),
)  # fmt: skip

# 早市占道：综合执法，刚派。 Joint enforcement, just dispatched.
MARKET = "market"
MARKET_LINES: tuple[Step, ...] = (
    typed(
        "2020-10-26 07:30", MARKET, Do.BLOW, "WX-G02-A",
        facts=_matter(
            Kind.JOINT_ENFORCEMENT, "WX-G02", "早市摊位占满路口，救护车过不去", "wanxi_market", "outside_trading",
            "要几家一起上", exposed="周边居民和急救车辆",
        ),
    ),
    typed("2020-10-26 07:45", MARKET, Do.APPROVE, "WX-SEC"),
    typed("2020-10-26 07:50", MARKET, Do.LEVEL_UP, "WX-SEC"),
    phoned("2020-10-26 08:00", MARKET, Do.LEVEL_UP, LEADER, who=OFFICER),
    typed("2020-10-26 08:10", MARKET, Do.DISPATCH, PLATFORM, lead=BRIGADE, assists=(BEAUTY, POLICE)),
    *_heard("2020-10-26 08:16", MARKET, BRIGADE),
)  # fmt: skip

# 爆管：应急，夜里办结，待评价。 A burst pipe at night: closed, waiting for its rating.
PIPE = "pipe"
PIPE_FACTS = Facts(
    Kind.EMERGENCY,
    "JF-WX-G01",
    {
        "title": "街道办门前自来水爆管，路面冒水",
        "place_text": "街道办事处门前路口",
        "exposed": "夜间过往车辆行人",
    },
    severity=Severity.CRITICAL,
    place="street_office",
    matter="water_pipe",
)
PIPE_LINES: tuple[Step, ...] = (
    Step(
        "2020-10-24 21:10", PIPE, Do.BLOW, OFFICER_B, told="WX-G01-A", channel=Channel.PHONE,
        happened="2020-10-24 21:06", args={"facts": PIPE_FACTS},
    ),
    phoned("2020-10-24 21:14", PIPE, Do.LEVEL_UP, LEADER, who=OFFICER_B),
    phoned("2020-10-24 21:18", PIPE, Do.DISPATCH, PLATFORM, who=OFFICER_B, lead=UTILITIES, assists=(POLICE,)),
    *_heard("2020-10-24 21:20", PIPE, UTILITIES, POLICE),
    _came("2020-10-24 21:36", PIPE, POLICE, "巡逻民警两名", "到了，正在分流"),
    _came("2020-10-24 21:41", PIPE, UTILITIES, "抢修班班长", "到了，先关阀"),
    _told("2020-10-24 22:05", PIPE, Do.MADE_SAFE, UTILITIES, note="阀门已关，围挡到位"),
    _work("2020-10-24 23:00", PIPE, UTILITIES, "更换破损管段"),
    _done("2020-10-25 01:05", PIPE, POLICE, "交通恢复"),
    _done("2020-10-25 01:20", PIPE, UTILITIES, "恢复供水，路面回填"),
    phoned("2020-10-25 01:35", PIPE, Do.CHECK, "WX-G01-A", who=OFFICER_B, passed=True, remark="水通了，路面平整"),
)  # fmt: skip

# 待批、不予立案、撤回、草稿。 Pending, rejected, withdrawn, draft.
FEW_LINES: tuple[Step, ...] = (
    typed(
        "2020-10-19 09:00", "noise", Do.BLOW, "WX-G02-A",
        facts=_matter(
            Kind.ROUTINE, "WX-G02", "小区内水泵夜间噪音", "wanxi_estate", "noise", "居民多次反映",
            exposed="水泵房旁一个单元",
        ),
    ),
    typed("2020-10-19 09:50", "noise", Do.REJECT, "WX-SEC", reason="属物业职责，已转物业限期整改"),
    typed(
        "2020-10-21 15:00", "bricks", Do.BLOW, "GNP-G03-A",
        facts=_matter(
            Kind.ROUTINE, "GNP-G03", "建材市场砖块堆占人行道", "guniuping_materials", "outside_trading", "劝说两次无效",
            exposed="行人被迫走车道",
        ),
    ),
    typed("2020-10-21 16:10", "bricks", Do.WITHDRAW, "GNP-G03-A", reason="店主已自行清走"),
    typed(
        "2020-10-26 08:05", "shed", Do.BLOW, "LF-G02-A",
        facts=_matter(
            Kind.ROUTINE, "LF-G02", "厂房顶上新搭彩钢棚", "longfeng_workshops", "illegal_building", "须两违办认定",
            exposed="楼下路人，大风时有坠落之险",
        ),
    ),
    typed(
        "2020-10-26 08:12", "signal", Do.DRAFT, OFFICER_B,
        facts=Facts(
            Kind.ROUTINE, "JF-PPA-G03",
            {"title": "路口指示牌倾斜", "place_text": "捧捧坳路口", "caller": "过路司机"},
            place="pengpengao_junction", matter="road_damage", source=Source.CALL,
        ),
    ),
)  # fmt: skip

SPOTS: tuple[Spot, ...] = (
    Spot("2020-10-25 09:10", "LF-G01-A", "service", "JF-LF-G01", "代取药品送上门 2 户"),
    Spot("2020-10-25 09:30", "SH-G01-LW", "visit", "JF-SH-G01", "巡河一遍，步行道井盖完好", place="walkway_covers"),
    Spot("2020-10-25 10:00", "GNP-G01-A", "visit", "JF-GNP-G01", "楼道飞线充电劝改 3 处", place="guniuping_estate"),
    Spot("2020-10-25 10:30", "SH-G04-A", "visit", "JF-SH-G04", "园区企业用工登记 4 家", place="shuanghe_park"),
    Spot("2020-10-25 11:00", "WX-G03-A", "finding", "JF-WX-G03", "桥头小广告 12 张，当场清除", place="wanxi_bridge"),
    Spot("2020-10-25 15:00", "MLP-G01-A", "service", "JF-MLP-G01", "帮居民换楼道灯泡"),
    Spot("2020-10-25 15:40", "PPA-G02-A", "visit", "JF-PPA-G02", "加油站消防器材检查正常", place="pengpengao_station"),
    Spot("2020-10-26 07:25", "GNP-G02-A", "visit", "JF-GNP-G02", "护学岗：校门口通畅，门店在线内",
         place="rongjiang_primary"),
    Spot("2020-10-26 07:40", "LF-G03-A", "visit", "JF-LF-G03", "B3区摊位收摊，地面干净", place="longfeng_b3"),
    Spot("2020-10-26 07:50", "SH-G01-SQ", "service", "JF-SH-G01", "帮居民修好进户电线 1 户"),
    Spot("2020-10-26 08:00", "WX-G01-A", "visit", "JF-WX-G01", "爆管路面复查，无沉降", place="street_office"),
)  # fmt: skip

LINES: tuple[Line, ...] = (
    *(replace(step, found=None) for step in MANHOLE_LINES),
    *SHOPS_LINES, *VENDORS_LINES, *LAMP_LINES, *DITCH_LINES, *TRUCKS_LINES, *UNDERPASS_LINES,
    *SLOPE_LINES, *HOUSING_LINES, *LITTER_LINES, *CABLE_LINES, *MARKET_LINES, *PIPE_LINES, *FEW_LINES, *SPOTS,
    *ROUNDS,
)  # fmt: skip
