"""gongkai for pandas: tidy frames from a database or a release, read-only.

>>> import gongkai
>>> db = gongkai.open("sqlite:///gongkai.db")
>>> panel = db.panel(year=range(2019, 2024), level="county")
>>> panel.attrs["labels_zh"]["received"]
'本年新收申请'

What is blank, a placeholder, unreadable or missing is NA in every frame, never 0.
"""

from gongkai.charts import Picture as Picture
from gongkai.charts import chart as chart
from gongkai.database import Database as Database
from gongkai.database import open as open
from gongkai.errors import GongkaiError as GongkaiError
