"""What the pipeline says, in both languages."""

from wfm.domain.text import Text

BAD_BUDGET = Text(
    en="{value!r} is no search budget; write 60s, 5min or 1h", zh="“{value}”不是求解时长；请写 60s、5min 或 1h"
)
NO_OUTPUT = Text(
    en="{folder} holds no finished roster; run `wfm plan` first",
    zh="{folder} 中没有已完成的排班表；请先运行 `wfm plan`",
)
CHANGED_INPUT = Text(
    en="the roster in {folder} was made from other inputs ({files} changed since); run `wfm plan` again",
    zh="{folder} 中的排班表所依据的输入已变更（{files}）；请重新运行 `wfm plan`",
)
NOT_EMPTY = Text(
    en="{folder} already has {files}; choose an empty folder",
    zh="{folder} 中已有 {files}；请选择空文件夹",
)
UNKNOWN_EXAMPLE = Text(en="there is no example {name!r}; write one of: {known}", zh="没有示例“{name}”；可选：{known}")
NO_ROSTER_FILE = Text(
    en="there is no roster file {file}; run `wfm plan` first, or name one with --roster",
    zh="没有排班文件 {file}；请先运行 `wfm plan`，或用 --roster 指定文件",
)
