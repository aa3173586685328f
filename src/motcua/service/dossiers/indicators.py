"""The numbers that dossiers declare: received, settled, open, in time or late, and whose the delay is.

Law: Decree 61/2018/NĐ-CP (the clock and its verdicts); report form II.06 of Circular 02/2017/TT-VPCP names most of
these figures and leaves the counting to the reader, so each says how it is counted.
"""

from __future__ import annotations

from functools import partial

from motcua.foundation.calendar.types import Verdict
from motcua.foundation.indicators.agencies import AGENCIES
from motcua.foundation.indicators.agencies import ONE_STOP as BY_DECISION
from motcua.foundation.indicators.types import By, Indicator, Measure, Timing, Unit
from motcua.service.dossiers.counting import SETTLED
from motcua.service.dossiers.tallying import DELAYS, ONE_STOP_USED, SOURCE
from motcua.service.dossiers.types import Holder

WHERE = (
    "Tính cho cơ quan tiếp nhận: mỗi hồ sơ có đúng một nơi nhận và nơi nhận không đổi, nên cộng các dòng bằng tổng. "
)
WHEN = "Theo ngày việc xảy ra, kể cả khi nhập muộn."
JUDGING = (
    "Hạn tính theo ngày so theo ngày, hạn tính theo giờ so theo giờ; xét lúc có kết quả, không xét lúc dân đến lấy. "
    "Hồ sơ chưa xác định thời hạn không tính là đúng hạn cũng không tính là trễ."
)
_flow = partial(Indicator, unit=Unit.DOSSIER, group="Hồ sơ", timing=Timing.DURING)
_stock = partial(Indicator, unit=Unit.DOSSIER, group="Hồ sơ", timing=Timing.AT)
_delay = partial(
    Indicator, unit=Unit.PERCENT, counts=Unit.MINUTE, group="Phần chậm", timing=Timing.DURING,
    denominator=Measure(SOURCE, "delay"), none="Không có hồ sơ nào có kết quả trễ hạn trong phạm vi và kỳ này.",
)


def _of(measure: str) -> Measure:
    return Measure(SOURCE, measure)


DOSSIERS = (
    _flow(
        code="dossiers-received", name="Hồ sơ tiếp nhận", order=10, meaning="Hồ sơ đã được tiếp nhận và cấp mã.",
        formula="Đếm hồ sơ có ngày tiếp nhận trong kỳ.", reading=WHERE + WHEN, numerator=_of("received"),
    ),
    _flow(
        code="dossiers-settled", name="Hồ sơ đã giải quyết", order=20, meaning="Hồ sơ đã có kết quả.",
        formula="Đếm hồ sơ có ngày có kết quả trong kỳ.",
        reading=WHERE + "Hồ sơ rút hoặc dừng không có kết quả nên đếm riêng. " + WHEN, numerator=_of("settled"),
    ),
    _flow(
        code="dossiers-settled-early", name="Giải quyết sớm hạn", order=30, meaning="Có kết quả trước ngày hẹn.",
        formula="Đếm hồ sơ có kết quả trong kỳ, trước ngày hẹn trả.", reading=WHERE + JUDGING,
        numerator=_of(SETTLED[Verdict.EARLY]),
    ),
    _flow(
        code="dossiers-settled-on-time", name="Giải quyết đúng hạn", order=40, meaning="Có kết quả đúng ngày hẹn.",
        formula="Đếm hồ sơ có kết quả trong kỳ, đúng ngày hẹn trả.", reading=WHERE + JUDGING,
        numerator=_of(SETTLED[Verdict.ON_TIME]),
    ),
    _flow(
        code="dossiers-settled-late", name="Giải quyết trễ hạn", order=50, meaning="Có kết quả sau ngày hẹn.",
        formula="Đếm hồ sơ có kết quả trong kỳ, sau ngày hẹn trả.",
        reading=WHERE + JUDGING + " Xin lỗi và hẹn lại không đổi ngày hẹn dùng để xét.",
        numerator=_of(SETTLED[Verdict.LATE]),
    ),
    _flow(
        code="dossiers-settled-undetermined", name="Giải quyết, chưa xác định thời hạn", order=60,
        meaning="Có kết quả, nhưng thủ tục chưa có thời hạn để xét.",
        formula="Đếm hồ sơ có kết quả trong kỳ mà khi nhận chưa có thời hạn.", reading=WHERE + JUDGING,
        numerator=_of(SETTLED[Verdict.UNDETERMINED]),
    ),
    _flow(
        code="dossiers-on-time-share", name="Tỷ lệ giải quyết sớm và đúng hạn", order=70, unit=Unit.PERCENT,
        counts=Unit.DOSSIER,
        meaning="Phần hồ sơ có kết quả không muộn hơn ngày hẹn.",
        formula="(Sớm hạn + đúng hạn) chia cho (sớm hạn + đúng hạn + trễ hạn), có kết quả trong kỳ.",
        reading=WHERE + JUDGING + " Vì vậy chúng không nằm trong mẫu số.", numerator=_of("settled-in-time"),
        denominator=_of("settled-judged"), none="Chưa có hồ sơ nào có kết quả để xét hạn trong phạm vi và kỳ này.",
    ),
    _flow(
        code="dossiers-ended-otherwise", name="Hồ sơ rút hoặc dừng giải quyết", order=80,
        meaning="Hồ sơ kết thúc mà không có kết quả.", formula="Đếm hồ sơ được rút hoặc bị dừng trong kỳ.",
        reading=WHERE + WHEN, numerator=_of("ended"),
    ),
    _stock(
        code="dossiers-open", name="Hồ sơ đang giải quyết", order=90, meaning="Hồ sơ cơ quan còn nợ kết quả.",
        formula="Hồ sơ đã tiếp nhận, trừ hồ sơ có kết quả, rút hoặc dừng, tính đến cuối ngày được hỏi.",
        reading=WHERE + "Gồm cả hồ sơ tạm dừng chờ bổ sung, chờ nộp phí hoặc chờ cơ quan khác.",
        numerator=_of("open"),
    ),
    _stock(
        code="dossiers-open-late", name="Đang giải quyết, đã quá hạn", order=100,
        meaning="Hồ sơ còn nợ kết quả mà ngày hẹn đã qua.",
        formula="Hồ sơ đang giải quyết vào cuối ngày được hỏi mà ngày hẹn khi đó đã qua.",
        reading=WHERE + "Ngày hẹn là ngày đang hiệu lực vào ngày được hỏi; trong lúc tạm dừng không có ngày hẹn nên "
        "không tính là quá hạn, trừ phần đã trễ trước khi tạm dừng thì tính lại khi tiếp tục.",
        numerator=_of("open-late"),
    ),
    _stock(
        code="dossiers-open-undetermined", name="Đang giải quyết, chưa xác định thời hạn", order=110,
        meaning="Hồ sơ của thủ tục chưa có thời hạn.",
        formula="Hồ sơ đang giải quyết vào cuối ngày được hỏi mà khi nhận chưa có thời hạn.", reading=WHERE,
        numerator=_of("open-undated"),
    ),
    _stock(
        code="dossiers-open-late-share", name="Tỷ lệ đang giải quyết đã quá hạn", order=120, unit=Unit.PERCENT,
        counts=Unit.DOSSIER,
        meaning="Phần hồ sơ còn nợ kết quả mà ngày hẹn đã qua.",
        formula="Đang giải quyết đã quá hạn, chia cho đang giải quyết, vào cuối ngày được hỏi.",
        reading=WHERE + "Mẫu số gồm cả hồ sơ tạm dừng và hồ sơ chưa xác định thời hạn.", numerator=_of("open-late"),
        denominator=_of("open"), none="Không có hồ sơ nào đang giải quyết trong phạm vi này.",
    ),
)
_WHOSE = {
    Holder.COUNTER: ("bộ phận một cửa", "Hồ sơ nằm ở quầy tiếp nhận."),
    Holder.STEP: ("bước xử lý", "Hồ sơ nằm ở một bước chuyên môn, của cơ quan nào thì ghi cơ quan đó."),
    Holder.OTHER_AGENCY: ("chờ cơ quan khác", "Hồ sơ chờ cơ quan ngoài quy trình trả lời mà đồng hồ vẫn chạy."),
    Holder.CITIZEN: ("chờ công dân", "Hồ sơ chờ người nộp bổ sung mà đồng hồ vẫn chạy."),
    Holder.PAYMENT: ("chờ nộp phí", "Hồ sơ chờ nghĩa vụ tài chính mà đồng hồ vẫn chạy."),
}
DELAY = (
    Indicator(
        code="delay-minutes", name="Thời gian chậm của hồ sơ trễ hạn", unit=Unit.MINUTE, group="Phần chậm", order=200,
        meaning="Giờ làm việc đã quá ngày hẹn, cộng mọi hồ sơ có kết quả trễ hạn.",
        formula="Cộng phút làm việc từ sau ngày hẹn đến khi có kết quả, của hồ sơ trễ hạn có kết quả trong kỳ.",
        reading=WHERE + "Phần chậm của từng nơi ghi lại lúc có kết quả và không đổi về sau.", timing=Timing.DURING,
        numerator=_of("delay"), by=(By.AGENCY, By.FIELD, By.PART),
    ),
    *(
        _delay(
            code=f"delay-share-{kind}", name=f"Phần chậm: {name}", order=210 + at, meaning=meaning,
            formula=f"Phút chậm khi hồ sơ ở “{name}”, chia cho toàn bộ phút chậm của hồ sơ trễ hạn trong kỳ.",
            reading="Phút làm việc sau ngày hẹn thuộc về người đang giữ hồ sơ lúc đó; thời gian đồng hồ dừng không "
            "tính cho ai. " + WHERE, numerator=_of(DELAYS[kind]),
        )
        for at, (kind, (name, meaning)) in enumerate(_WHOSE.items())
    ),
)
USE = (
    Indicator(
        code="agencies-one-stop-used", name="Cơ quan có tiếp nhận hồ sơ qua Một cửa", unit=Unit.AGENCY,
        group="Cơ quan", order=330, meaning="Cơ quan thật sự dùng Bộ phận Một cửa trên hệ thống.",
        formula="Đếm cơ quan đã tiếp nhận ít nhất một hồ sơ trong kỳ.",
        reading="Triển khai và sử dụng là hai con số, không gộp: cơ quan có quyết định mà cả kỳ không nhận hồ sơ nào "
        "thì không đếm.", timing=Timing.DURING, numerator=Measure(SOURCE, ONE_STOP_USED), by=(By.AGENCY,),
    ),
    Indicator(
        code="agencies-one-stop-used-share", name="Tỷ lệ Một cửa được sử dụng", unit=Unit.PERCENT,
        counts=Unit.AGENCY, group="Cơ quan",
        order=340, meaning="Trong số cơ quan có Bộ phận Một cửa theo quyết định, bao nhiêu có dùng.",
        formula="Cơ quan có tiếp nhận hồ sơ trong kỳ, chia cho cơ quan có Bộ phận Một cửa theo quyết định.",
        reading="Tử số đếm theo kỳ, mẫu số theo cuối ngày được hỏi; cơ quan nhận hồ sơ mà chưa có quyết định làm tỷ lệ "
        "có thể vượt 100%.", timing=Timing.DURING, numerator=Measure(SOURCE, ONE_STOP_USED),
        denominator=Measure(AGENCIES, BY_DECISION), by=(By.AGENCY,),
        none="Chưa có cơ quan nào ghi Bộ phận Một cửa theo quyết định trong phạm vi này.",
    ),
)
INDICATORS = (*DOSSIERS, *DELAY, *USE)
