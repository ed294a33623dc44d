"""Print the oldest release of each package that the requirements allow, as constraints for pip.

python tools/oldest.py > oldest.txt && python -m pip install -r requirements-dev.txt -c oldest.txt
"""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent

for file in ("requirements.txt", "requirements-dev.txt"):
    for name, oldest in re.findall(r"^([\w-]+)>=([\w.]+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE):
        print(f"{name}=={oldest}")
