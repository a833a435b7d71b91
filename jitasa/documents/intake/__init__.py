"""What an enclosed file is, by its content and never by its name; and why it may not be enclosed.

One policy for letters and publicity. What may be in a file is listed (an allow-list), because what may harm is
never listed completely: a PDF has no actions but those that move within it or open a web address, an office
document only known parts and no target outside but hyperlinks. What is taken is served as an attachment only.
"""

from jitasa.documents.intake.inspect import type_of
from jitasa.documents.intake.types import FileType, NotTaken

__all__ = ["FileType", "NotTaken", "type_of"]
