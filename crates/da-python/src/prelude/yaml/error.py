"""What is wrong with a YAML text, and where."""

__all__ = ['Mark', 'YAMLError', 'MarkedYAMLError']

_LINE_ENDS = '\0\r\n\x85\u2028\u2029'


class Mark:
    """A place in a text. `line` and `column` begin at 0."""

    def __init__(self, name, index, line, column, buffer, pointer):
        self.name = name
        self.index = index
        self.line = line
        self.column = column
        self.buffer = buffer
        self.pointer = pointer

    def get_snippet(self, indent=4, max_length=75):
        if self.buffer is None:
            return None
        most = max_length / 2 - 1
        head = tail = ''
        start = end = self.pointer
        while start > 0 and self.buffer[start - 1] not in _LINE_ENDS:
            start -= 1
            if self.pointer - start > most:
                head, start = ' ... ', start + 5
                break
        while end < len(self.buffer) and self.buffer[end] not in _LINE_ENDS:
            end += 1
            if end - self.pointer > most:
                tail, end = ' ... ', end - 5
                break
        shown = f"{' ' * indent}{head}{self.buffer[start:end]}{tail}\n"
        return shown + ' ' * (indent + self.pointer - start + len(head)) + '^'

    def __str__(self):
        where = f'  in "{self.name}", line {self.line + 1}, column {self.column + 1}'
        snippet = self.get_snippet()
        return where if snippet is None else f'{where}:\n{snippet}'


class YAMLError(Exception):
    pass


class MarkedYAMLError(YAMLError):

    def __init__(self, context=None, context_mark=None, problem=None, problem_mark=None, note=None):
        self.context = context
        self.context_mark = context_mark
        self.problem = problem
        self.problem_mark = problem_mark
        self.note = note

    def __str__(self):
        begun, found = self.context_mark, self.problem_mark
        if begun is not None and self.problem is not None and found is not None:
            if (begun.name, begun.line, begun.column) == (found.name, found.line, found.column):
                begun = None
        parts = [self.context, begun, self.problem, found, self.note]
        return '\n'.join([str(part) for part in parts if part is not None])
