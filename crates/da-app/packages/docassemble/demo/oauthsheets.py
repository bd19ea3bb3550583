# do not pre-load
"""Spreadsheets of Google, read in the name of the user."""
from docassemble.base.util import DAOAuth, DAWeb

__all__ = ['GoogleAuth']

SPREADSHEET = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms'


class GoogleAuth(DAOAuth):

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        self.appname = 'mygoogle'
        self.scope = 'https://www.googleapis.com/auth/spreadsheets'
        self.auth_uri = 'https://accounts.google.com/o/oauth2/v2/auth'
        self.token_uri = 'https://www.googleapis.com/oauth2/v4/token'

    def test(self):
        """The rows of an example that everybody may read."""
        web = DAWeb(base_url='https://sheets.googleapis.com/v4', headers=self.get_credentials())
        return web.get('spreadsheets/' + SPREADSHEET + '/values/Class Data!A2:E').get('values', [])
