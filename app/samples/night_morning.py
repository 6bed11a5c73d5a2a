"""The shift log of the night of 2–3 July 2020, and what was brought to the briefing at eight (domain 6.5).

From the report is the habit alone: everybody comes together at the start of work, tells what there is, and settles
the next steps. Who said what, and every minute, is invented.
"""

from __future__ import annotations

from app.domain.briefing import Section
from app.domain.org import SixRole
from app.domain.shift_log import LogSource
from app.samples.morning_steps import AttendStep, ItemStep, LogStep, MorningStep, NoteStep

OFFICER, OFFICER_B = "JF-ZB1", "JF-ZB2"
GRID = "JF-SH-G01"
SECRETARY, WORKER, PATROL, PATROL_B = "SH-SEC", "SH-G01-SQ", "SH-G01-A", "SH-G01-B"
BRIGADE, ILLEGAL, POLICE, POLICE_B = "SH-G01-ZF", "SH-G01-LW", "SH-G01-GA1", "SH-G01-GA2"

LOG: tuple[MorningStep, ...] = (
    LogStep("2020-07-02 18:02", OFFICER, {"content": "接班，电台 2 部、手电 4 支、车 1 台、值班室钥匙齐全"}),
    LogStep("2020-07-02 19:30", OFFICER_B, {"content": "雨势转大，气象台短临提示后半夜仍有强降雨"}),
    LogStep(
        "2020-07-02 22:35", OFFICER,
        {"content": "请双河一网格 22:50 起加巡万溶江一遍", "told": "网格员甲、乙", "instruction": "两人同行，见险先退"},
        grid=GRID,
    ),
    LogStep("2020-07-03 00:02", OFFICER, {"content": "带班领导到值班室，全程在岗", "told": "街道主要负责人"}),
    LogStep(
        "2020-07-03 01:10", OFFICER_B, {"content": "电台电池低，已换备用一组", "action": "两组充电中"},
        LogSource.DESK,
    ),
    LogStep(
        "2020-07-03 05:35", OFFICER, {"content": "步行道恢复通行，沿线告示撤除", "result": "无人受伤"}, LogSource.DESK,
        grid=GRID, case="manhole",
    ),
)  # fmt: skip


def _said(at: str, who: str, role: SixRole, text: str) -> NoteStep:
    return NoteStep(at, who, GRID, text, role)


MORNING: tuple[MorningStep, ...] = (
    _said("2020-07-03 07:32", POLICE_B, SixRole.OPINION_SURVEYOR, "居民问步行道何时开放"),
    _said("2020-07-03 07:33", POLICE, SixRole.DISPUTE_MEDIATOR, "无"),
    _said("2020-07-03 07:34", BRIGADE, SixRole.URBAN_ENFORCER, "店外经营 1 户已劝"),
    _said("2020-07-03 07:35", ILLEGAL, SixRole.POLICY_PUBLICIST, "汛期安全喊话"),
    _said("2020-07-03 07:36", WORKER, SixRole.SERVICE_HELPER, "帮修电线 1 户"),
    _said("2020-07-03 07:37", SECRETARY, SixRole.DEMOCRACY_SUPERVISOR, "无"),
    NoteStep("2020-07-03 07:40", SECRETARY, GRID, "沿江井盖普查，请街道牵头", section=Section.COORDINATION),
    NoteStep("2020-07-03 07:41", WORKER, GRID, "退水期堤脚易滑，两人同行", section=Section.SAFETY),
    ItemStep("2020-07-03 07:43", SECRETARY, GRID, "复查同段其余井盖，执法同去", PATROL, "2020-07-03 09:00",
             place="吉凤家园背后绿化步行道", grid=GRID, case="manhole"),
    ItemStep("2020-07-03 07:44", SECRETARY, GRID, "防坠网需求报公共事业中心", WORKER, "2020-07-03 10:00", grid=GRID),
    AttendStep("2020-07-03 07:48", WORKER, GRID, (SECRETARY, WORKER, BRIGADE, ILLEGAL, POLICE, POLICE_B),
               chair=SECRETARY, recorder=WORKER),
)  # fmt: skip
"""网格团队六人到齐，巡河两人下夜班；六大员各说一句，两件今日要办的事。

The team of six of the report is there (row 40), the two patrollers are off after the night; two items."""
