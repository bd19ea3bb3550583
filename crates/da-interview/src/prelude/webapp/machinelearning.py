"""docassemble.webapp.ml.machinelearning: where the class of the examples stands that answers hold."""

from docassemble.base.util import MachineLearningEntry

__all__ = ['MachineLearningEntry']
