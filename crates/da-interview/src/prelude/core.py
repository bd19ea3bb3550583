"""docassemble.base.core: the classes that everything else is made of."""

from docassemble.base.util import *
from docassemble.base.util import DALazyTemplate, DAObjectPlusParameters
