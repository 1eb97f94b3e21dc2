"""The one style sheet, made from the theme's tokens."""

from importlib import resources
from string import Template

from ui.look.theme import FAMILY, TOKEN_NAMES, Theme

_SHEET = Template("""
* { font-family: "$family"; font-size: ${px14}px; color: $text; }
QMainWindow, QDialog, QMessageBox, #page, #pageBody, #welcome { background: $background; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${px26}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${px16}px; font-weight: 600; }
QLabel[role="value"] { font-size: ${px30}px; font-weight: 600; }
QLabel[role="large"], QPlainTextEdit[role="large"] { font-size: ${px20}px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="second"] { color: $text2; }
QLabel[role="small"] { color: $text2; font-size: ${px12}px; }
QLabel[role="error"] { color: $bad; font-size: ${px12}px; font-weight: 500; }
QLabel[role="struck"] { color: $text2; text-decoration: line-through; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${px14}px; }
QFrame[role="panel"] { background: $surface2; border: none; border-radius: ${px10}px; }
QFrame[role="notice"] { background: $caution_soft; border: none; border-radius: ${px10}px; }
QFrame[role="notice"] QLabel { color: $caution; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QLabel[role="pill"] { border-radius: ${px10}px; padding: ${px3}px ${px12}px; font-size: ${px12}px; font-weight: 600; }
QLabel[tone="good"] { background: $good_soft; color: $good; }
QLabel[tone="caution"] { background: $caution_soft; color: $caution; }
QLabel[tone="bad"] { background: $bad_soft; color: $bad; }
QLabel[tone="info"] { background: $info_soft; color: $info; }
QLabel[tone="neutral"] { background: $surface2; color: $text2; }
QPushButton { background: $surface; border: 1px solid $border_strong; border-radius: ${px10}px;
  padding: ${px8}px ${px14}px; font-weight: 500; min-height: ${px18}px; }
QPushButton:hover { background: $surface2; }
QPushButton:focus { border: 2px solid $focus; padding: ${px7}px ${px13}px; }
QPushButton:disabled { color: $border_strong; border-color: $border; }
QPushButton[role="primary"] { background: $accent; border: 1px solid $accent; color: $on_accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $focus; }
QPushButton[role="primary"]:disabled { background: $surface2; border-color: $border; color: $border_strong; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; color: $accent;
  padding: ${px6}px ${px8}px; text-align: left; }
QPushButton[role="quiet"]:hover { background: $accent_soft; }
QPushButton[role="quiet"]:focus { border: 2px solid $focus; padding: ${px5}px ${px7}px; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent; text-align: left; }
QPushButton[role="row"]:hover { background: $surface2; }
QPushButton[role="row"]:focus { border: 2px solid $focus; }
QPushButton[role="segment"]:checked { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[role="step"] { background: transparent; border: 1px solid transparent; color: $text2;
  padding: ${px7}px ${px6}px; border-bottom: 2px solid $border; border-radius: 0; }
QPushButton[role="step"]:hover { background: $surface2; }
QPushButton[role="step"]:checked { color: $accent; font-weight: 600; border-bottom: 2px solid $accent; }
QPushButton[role="step"]:focus { border: 2px solid $focus; border-radius: ${px6}px; padding: ${px6}px ${px5}px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${px6}px; padding: ${px6}px; }
QToolButton:hover { background: $surface2; }
QToolButton:focus { border: 2px solid $focus; padding: ${px5}px; }
QToolButton::menu-indicator { image: none; }
#sidebar { background: $surface; border: none; border-right: 1px solid $border; }
#sidebar QPushButton[role="nav"] { background: transparent; border: 1px solid transparent; color: $text2;
  text-align: left; padding: ${px7}px ${px12}px; font-weight: 500; }
#sidebar QPushButton[role="nav"]:hover { background: $surface2; }
#sidebar QPushButton[role="nav"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
#sidebar QPushButton[role="nav"]:focus { border: 2px solid $focus; padding: ${px6}px ${px11}px; }
#sidebar QPushButton[role="person"] { border: 1px solid $border; font-weight: 600; text-align: left; }
#sidebar QPushButton[role="person"]::menu-indicator { image: url("$chevron"); width: ${px16}px; height: ${px16}px;
  subcontrol-origin: padding; subcontrol-position: center right; right: ${px10}px; }
#sidebar QPushButton[role="foot"] { background: transparent; border: 1px solid transparent; color: $text2;
  font-size: ${px12}px; text-align: left; padding: ${px4}px 0; }
#sidebar QPushButton[role="foot"]:focus { border: 2px solid $focus; padding: ${px3}px 0; }
#sidebar QPushButton[role="search"] { color: $text2; text-align: left; font-weight: 400; }
#sidebar QPushButton[rail="true"] { text-align: center; padding: ${px4}px 0; }
#sidebar QPushButton[rail="true"]:focus { border: 2px solid $focus; padding: ${px3}px 0; }
#sidebar QPushButton[rail="true"]::menu-indicator { image: none; width: 0; }
#sidebar QScrollBar:vertical { width: 6px; }
#sidebar QScrollBar::handle { border-radius: 2px; margin: 1px; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox { background: $surface; border: 1px solid $border_strong;
  border-radius: ${px6}px; padding: ${px7}px ${px10}px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $focus; padding: ${px6}px ${px9}px; }
QComboBox { padding: 0 ${px10}px; min-height: ${px32}px; }  /* Qt takes what is padded above and below off its list */
QComboBox:focus { padding: 0 ${px9}px; min-height: ${px30}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $bad; }
QComboBox::drop-down { border: none; width: ${px24}px; }
QComboBox::down-arrow { image: url("$chevron"); width: ${px16}px; height: ${px16}px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; outline: none;
  selection-background-color: $accent_soft; selection-color: $accent; padding: ${px4}px; }
QCheckBox, QRadioButton { spacing: ${px10}px; background: transparent; padding: ${px2}px;
  border: 1px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $focus; border-radius: ${px6}px; }
QCheckBox::indicator { width: ${px20}px; height: ${px20}px; border: 2px solid $border_strong;
  border-radius: ${px5}px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator { width: ${px16}px; height: ${px16}px; border: 2px solid $border_strong;
  border-radius: ${px9}px; background: $surface; }
QRadioButton::indicator:checked { border: ${px6}px solid $accent; width: ${px8}px; height: ${px8}px; }
QSlider { min-height: ${px24}px; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: ${px18}px; margin: -${px8}px 0; border-radius: ${px9}px; }
QTableView, QTreeView, QListView, QListWidget, QTreeWidget { background: $surface; border: 1px solid $border;
  border-radius: ${px10}px; gridline-color: $border; alternate-background-color: $background; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; }
QTableView:focus, QTreeView:focus, QListView:focus, QListWidget:focus, QTreeWidget:focus { border: 1px solid $focus; }
QTableView::item { padding: 0 ${px8}px; }
QTableView::indicator, QListView::indicator { width: ${px16}px; height: ${px16}px; border: 2px solid $border_strong;
  border-radius: ${px4}px; background: $surface; }
QTableView::indicator:checked, QListView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$tick"); }
QListView::indicator:indeterminate { background: $accent_soft; border-color: $accent; }
QHeaderView { background: transparent; }
QHeaderView::section { background: $surface; color: $text2; font-size: ${px12}px; font-weight: 600; border: none;
  border-bottom: 1px solid $border; padding: ${px8}px ${px10}px; text-align: left; }
QTableCornerButton::section { background: $surface; border: none; }
QScrollBar:vertical { background: transparent; width: ${px12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${px12}px; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: ${px4}px; margin: ${px2}px; }
QScrollBar::handle:vertical { min-height: ${px32}px; }
QScrollBar::handle:horizontal { min-width: ${px32}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar::tab { background: transparent; color: $text2; padding: ${px8}px ${px14}px; font-weight: 500;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $focus; }
QTabWidget::pane { border: none; }
#segmented { background: $surface2; border-radius: ${px10}px; }
#segmented QPushButton { background: transparent; border: 1px solid transparent; color: $text2;
  padding: ${px4}px ${px12}px; }
#segmented QPushButton:checked { background: $surface; border: 1px solid $border; color: $text; font-weight: 600; }
#segmented QPushButton:focus { border: 2px solid $focus; padding: ${px3}px ${px11}px; }
QMenuBar { background: $surface; color: $text; border-bottom: 1px solid $border; padding: ${px2}px ${px8}px; }
QMenuBar::item { background: transparent; padding: ${px4}px ${px10}px; border-radius: ${px6}px; }
QMenuBar::item:selected { background: $accent_soft; color: $accent; }
QMenu { background: $surface; border: 1px solid $border; border-radius: ${px10}px; padding: ${px6}px;
  icon-size: ${px18}px; }
QMenu::item { padding: ${px8}px ${px24}px ${px8}px ${px12}px; border-radius: ${px6}px; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::separator { height: 1px; background: $border; margin: ${px4}px ${px8}px; }
QToolTip { background: $text; color: $background; border: none; padding: ${px6}px ${px8}px; font-size: ${px12}px; }
QProgressBar { background: $surface2; border: none; border-radius: ${px3}px; max-height: ${px6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${px3}px; }
#toast { background: $text; border-radius: ${px10}px; }
#toast QLabel { color: $background; }
#toast QPushButton { background: transparent; border: 1px solid $background; color: $background;
  padding: ${px4}px ${px12}px; }
#toast QPushButton:focus { border: 2px solid $background; }
#banner { background: $info_soft; border: none; }
#banner QLabel { color: $info; }
QSplitter::handle { background: $border; }
""")

_LENGTHS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24, 26, 30, 32)


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme. Its tick and arrow are the drawn icons of the same shade."""
    values = {name: theme.hex(name) for name in TOKEN_NAMES}
    values |= {f"px{length}": str(theme.px(length)) for length in _LENGTHS}
    shade = "dark" if theme.dark else "light"
    icons = resources.files("resources.icons")
    for name in ("tick", "chevron"):
        values[name] = str(icons / f"{name}-{shade}.svg").replace("\\", "/")
    return _SHEET.substitute(values, family=FAMILY)
