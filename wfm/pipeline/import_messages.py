"""What importing a roster says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

MOVED = Text(
    en="{folder} was written by somebody else meanwhile; nothing was changed, try again",
    zh="{folder} 已被他人更新；未改动任何文件，请重试",
)
UNKNOWN_BEFORE = Text(
    en="{file} was edited in {folder}, and no export there says what stood before (neutral does, matrix and xlsx where "
    "the queues are clear); copy it elsewhere, run `wfm plan` again, then import the copy",
    zh="{folder} 内的 {file} 已被直接修改，且其中没有可还原原排班的导出文件（neutral 可还原；队列明确时 matrix、xlsx "
    "亦可）；请将其复制到别处，重新运行 `wfm plan`，再导入副本",
)
