"""The discipline of the covert phase, shown to every member and accepted before it begins.

Sources are marked as in the catalogues: A the text was read, B title or secondary text, C practice.
Article numbers are printed only where the text was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.values import frozen

if TYPE_CHECKING:
    from inspector.base.i18n import Lang

#: Written into each acceptance, so that it stays clear which wording was accepted.
VERSION = "2026.1"


@frozen
class CovertRule:
    """One rule. `article` is printed after the source only if `confidence` is A."""

    code: str
    zh: str
    en: str
    source_zh: str
    source_en: str
    article: str
    confidence: str

    def text(self, lang: Lang) -> str:
        """Return the rule in that language."""
        return self.zh if lang == "zh" else self.en

    def source(self, lang: Lang) -> str:
        """Return where the rule comes from, as it may be printed."""
        if not self.article or self.confidence != "A":
            return self.source_zh if lang == "zh" else self.source_en
        if lang == "zh":
            return f"{self.source_zh}第{self.article}条"
        return f"{self.source_en}, Art. {self.article.replace('、', ', ')}"


_INSPECTION = ("政府督查工作条例", "Regulation on Government Inspection")
_EVIDENCE = (
    "最高人民法院关于行政诉讼证据若干问题的规定",
    "Rules of the Supreme People's Court on evidence in administrative proceedings",
)
_PERSONAL = ("个人信息保护法", "Personal Information Protection Law")
_SECRETS = ("保守国家秘密法（2024修订）", "Law on Guarding State Secrets (2024)")
_PRACTICE = ("督查实践", "practice of inspection")

RULES: tuple[CovertRule, ...] = (
    CovertRule(
        "authorised",
        "暗访须经批准，按方案确定的内容、对象和范围进行，不得随意扩大。",
        "A covert visit is approved, and keeps to the content, objects and scope of its plan.",
        *_INSPECTION,
        "15",
        "A",
    ),
    CovertRule(
        "no_false_papers",
        "不使用虚假证件、虚假材料，不冒用他人身份，不编造办事事项。",
        "No false papers or documents, no use of another person's identity, no invented case.",
        *_PRACTICE,
        "",
        "C",
    ),
    CovertRule(
        "no_entrapment",
        "不诱导、不设局促使工作人员违规，只记录自然发生的情况。",
        "Nobody is led or tricked into a breach; only what happens by itself is recorded.",
        *_PRACTICE,
        "",
        "C",
    ),
    CovertRule(
        "no_private_rooms",
        "不在卫生间、母婴室等私密场所拍照、录音、录像。",
        "No photographs or recordings in toilets, mothers' rooms or other private places.",
        "民法典（隐私权）",
        "Civil Code (privacy)",
        "",
        "B",
    ),
    CovertRule(
        "lawful_means",
        "偷拍、偷录不得侵害他人合法权益；以此取得的材料不能作为证据使用。",
        "Covert filming or recording must not harm the lawful rights of others; material obtained "
        "so is no evidence.",
        *_EVIDENCE,
        "57、58",
        "A",
    ),
    CovertRule(
        "no_disturbance",
        "不影响窗口正常工作，不占用办事群众的号源和办理时间，不干扰群众办事。",
        "Normal work goes on undisturbed; clients lose neither their place in the queue nor time.",
        *_INSPECTION,
        "15",
        "A",
    ),
    CovertRule(
        "bystanders",
        "镜头对准窗口和屏幕，尽量不拍群众；与督查无关的个人信息不采集、不外传。",
        "The camera looks at windows and screens, not at clients; personal data that the visit "
        "does not need is neither collected nor passed on.",
        *_PERSONAL,
        "26、28、34",
        "A",
    ),
    CovertRule(
        "clue_only",
        "仅由暗访取得的材料只作为问题线索或管理反馈的依据；作为处理建议依据前，须经明察或书面材料核实。",
        "What was obtained covertly alone is a clue or a ground for feedback; before it supports a "
        "proposal against a person it is confirmed openly or by records.",
        *_PRACTICE,
        "",
        "C",
    ),
    CovertRule(
        "originals",
        "原始照片、录音、录像不修改、不删除，不经私人账号转发。",
        "Original photographs and recordings are not changed, not deleted and not sent through "
        "private accounts.",
        *_EVIDENCE,
        "12",
        "A",
    ),
    CovertRule(
        "no_state_secrets",
        "本设备不得存储、处理国家秘密；发现涉密内容立即停止拍摄并报告。",
        "This device never holds state secrets; where such content appears, stop recording and "
        "report.",
        *_SECRETS,
        "31",
        "A",
    ),
    CovertRule(
        "secrecy",
        "行程、对象和举报人信息严格保密，不得泄露。",
        "Route, objects and informants stay strictly confidential.",
        *_INSPECTION,
        "24–26",
        "A",
    ),
    CovertRule(
        "reveal",
        "转入明察前，向对方亮明身份、出示证件，并记录时间、对象和证件。",
        "Before the overt part, identity is shown with a document; time, person and document are "
        "recorded.",
        "行政处罚法",
        "Administrative Penalty Law",
        "55",
        "A",
    ),
)
