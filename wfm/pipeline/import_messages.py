"""What importing a roster says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

MOVED = Text(
    en="{folder} was written by somebody else meanwhile; nothing was changed, try again",
    zh="{folder} 已被他人更新；未改动任何文件，请重试",
)
INSIDE_OUT = Text(
    en="{file} lies in {folder} and was edited there, so that it is not known any more what stood; copy it elsewhere, "
    "run `wfm plan` again, then import the copy",
    zh="{file} 位于 {folder} 内且已被直接修改，原排班无从得知；请将其复制到别处，重新运行 `wfm plan`，再导入副本",
)
