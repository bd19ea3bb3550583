"""There are no files."""

TESTFN = '@test'
TESTFN_UNICODE = TESTFN


def unlink(filename):
    raise NotImplementedError('there are no files')


temp_cwd = temp_dir = create_empty_file = rmtree = change_cwd = unlink
