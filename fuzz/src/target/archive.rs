//! Bytes of others that a script unpacks: ZIP archives, gzip and zlib, `pickle`, JSON, tables.

use crate::machine;

const PROGRAM: &str = "
import csv, gzip, io, json, pickle, zipfile, zlib
def archive():
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.testzip()
        for info in archive.infolist():
            repr(info)
            archive.open(info).readline()
def table():
    text = data.decode('latin-1')
    list(csv.DictReader(io.StringIO(text)))
    csv.Sniffer().sniff(text[:500])
for attempt in (archive, table, lambda: gzip.decompress(data), lambda: zlib.decompress(data), lambda: zlib.decompress(data, -15),
                lambda: zlib.decompress(data, 47), lambda: pickle.loads(data), lambda: json.loads(data)):
    try:
        attempt()
    except Exception:
        pass
";

pub(super) fn run(bytes: &[u8]) {
    machine::with(|vm, namespace| {
        let Ok(value) = vm.bytes(bytes) else { return };
        if vm.dict_set_str(namespace, "data", value).is_ok() {
            machine::execute(vm, namespace, PROGRAM);
        }
    });
}
