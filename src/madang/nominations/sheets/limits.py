"""How much of a file is read: far above any list of nominations, far below what could do harm."""

MEGABYTE = 1024 * 1024

LARGEST_FILE = 50 * MEGABYTE
# What a ZIP (XLSX and ODS are ZIPs) may hold when it is unpacked.
MOST_ENTRIES = 2_000
LARGEST_INFLATED = 300 * MEGABYTE
# Formatted empty cells pack 60:1 at most, what was made to burst 1,000:1.
HIGHEST_RATIO = 250
RATIO_FROM = MEGABYTE

MOST_SHEETS = 100
MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_CELLS = 2_000_000
# What Excel allows in a cell.
LONGEST_CELL = 32_767
MOST_MERGED = 10_000
