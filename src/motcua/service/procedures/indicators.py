"""The numbers that procedures declare: in force, under one-stop, interconnected, by online and by government level."""

from __future__ import annotations

from functools import partial

from motcua.foundation.indicators.types import Indicator, Measure, Timing, Unit
from motcua.service.procedures.served import ProcedureSource
from motcua.service.procedures.types import Level

SOURCE = ProcedureSource()
IN_FORCE = Measure(SOURCE, "in-force")
WHICH = (
    "Đếm theo thủ tục, không nhân với số cơ quan thực hiện. Theo cơ quan: UBND mỗi cấp thực hiện mọi thủ tục của cấp "
    "mình, cơ quan chuyên môn thực hiện thủ tục có nêu tên mình; vì vậy các dòng không cộng thành tổng. "
)
OPEN = "Thủ tục mà quyết định và bản công bố đều không nói tới được đếm riêng là “chưa ghi”, không tính là không. "
LEVELS = (
    "Mức độ theo Nghị định 43/2011/NĐ-CP. Theo quyết định đã ghi cho thủ tục; chưa ghi mà bản công bố có hình thức nộp "
    "trực tuyến thì biết là từ mức độ 3 trở lên, chưa biết là 3 hay 4. "
)
_stock = partial(Indicator, group="Thủ tục", unit=Unit.PROCEDURE, timing=Timing.AT)
_share = partial(
    Indicator, group="Thủ tục", unit=Unit.PERCENT, counts=Unit.PROCEDURE, timing=Timing.AT, denominator=IN_FORCE,
    none="Không có thủ tục nào còn hiệu lực trong phạm vi này.",
)


def _of(measure: str) -> Measure:
    return Measure(SOURCE, measure)


COVERAGE = (
    _stock(
        code="procedures-in-force", name="Thủ tục còn hiệu lực", order=400, meaning="Thủ tục đang được áp dụng.",
        formula="Đếm thủ tục có một phiên bản đã công bố và còn hiệu lực vào cuối ngày được hỏi.",
        reading=WHICH + "Bản ghi của bộ không ghi ngày bắt đầu thì coi là đã có hiệu lực từ trước.",
        numerator=IN_FORCE,
    ),
    _stock(
        code="procedures-one-stop", name="Thủ tục giải quyết theo cơ chế một cửa", order=410,
        meaning="Thủ tục được tiếp nhận và trả kết quả tại Bộ phận Một cửa.",
        formula="Đếm thủ tục còn hiệu lực có quyết định đưa vào một cửa, hoặc có quy trình nội bộ bắt đầu ở quầy.",
        reading=WHICH + OPEN, numerator=_of("one-stop"),
    ),
    _share(
        code="procedures-one-stop-share", name="Tỷ lệ thủ tục theo cơ chế một cửa", order=420,
        meaning="Mức bao phủ của cơ chế một cửa trên số thủ tục.",
        formula="Thủ tục theo cơ chế một cửa, chia cho thủ tục còn hiệu lực.", reading=WHICH + OPEN,
        numerator=_of("one-stop"),
    ),
    _stock(
        code="procedures-interconnected", name="Thủ tục giải quyết theo cơ chế một cửa liên thông", order=430,
        meaning="Nhiều cơ quan cùng giải quyết, người dân chỉ đến một nơi.",
        formula="Đếm thủ tục còn hiệu lực có quyết định liên thông, hoặc bản công bố nêu cơ quan phối hợp.",
        reading=WHICH + OPEN, numerator=_of("interconnected"),
    ),
    _share(
        code="procedures-interconnected-share", name="Tỷ lệ thủ tục liên thông", order=440,
        meaning="Phần thủ tục được giải quyết liên thông.",
        formula="Thủ tục liên thông, chia cho thủ tục còn hiệu lực.", reading=WHICH + OPEN,
        numerator=_of("interconnected"),
    ),
)
ONLINE = (
    _stock(
        code="procedures-online", name="Thủ tục nộp được trực tuyến (mức độ 3 trở lên)", order=450,
        meaning="Người dân nộp được hồ sơ qua mạng.",
        formula="Đếm thủ tục còn hiệu lực ở mức độ 3 hoặc 4, hoặc bản công bố có hình thức nộp trực tuyến.",
        reading=LEVELS + "Mức độ 4 nằm trong con số này.", numerator=_of("online"),
    ),
    _share(
        code="procedures-online-share", name="Tỷ lệ thủ tục mức độ 3 trở lên", order=460,
        meaning="Phần thủ tục nộp được hồ sơ qua mạng.",
        formula="Thủ tục nộp được trực tuyến, chia cho thủ tục còn hiệu lực.",
        reading=LEVELS + "Cách đọc lồng nhau: mức độ 4 tính cả vào mức độ 3.", numerator=_of("online"),
    ),
    *(
        _stock(
            code=f"procedures-online-{level}", name=f"Thủ tục trực tuyến đúng mức độ {level}", order=460 + level,
            meaning=f"Thủ tục cung cấp ở mức độ {level}.",
            formula=f"Đếm thủ tục còn hiệu lực được ghi mức độ {level}.", reading=LEVELS + OPEN,
            numerator=_of(f"online-{level}"),
        )
        for level in range(1, 5)
    ),
    *(
        _share(
            code=f"procedures-online-{level}-share", name=f"Tỷ lệ thủ tục đúng mức độ {level}", order=470 + level,
            meaning=f"Phần thủ tục cung cấp ở mức độ {level}.",
            formula=f"Thủ tục đúng mức độ {level}, chia cho thủ tục còn hiệu lực.",
            reading=LEVELS + "Cách đọc tách rời: mức độ 4 không tính vào mức độ 3. " + OPEN,
            numerator=_of(f"online-{level}"),
        )
        for level in (3, 4)
    ),
)
GOVERNMENT = tuple(
    _stock(
        code=f"procedures-level-{level.value}", name=f"Thủ tục {level.words.lower()}", order=480 + at,
        meaning=f"Thủ tục thực hiện ở {level.words.lower()}.",
        formula=f"Đếm thủ tục còn hiệu lực có ghi thực hiện ở {level.words.lower()}.",
        reading="Một thủ tục thực hiện ở nhiều cấp được đếm ở từng cấp, nên các cấp không cộng thành tổng. " + WHICH,
        numerator=_of(f"level-{level.value}"),
    )
    for at, level in enumerate((Level.PROVINCE, Level.DISTRICT, Level.COMMUNE))
)
INDICATORS = (*COVERAGE, *ONLINE, *GOVERNMENT)
