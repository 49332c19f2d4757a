#!/usr/bin/env python3
"""Checks a proof file of Pilothouse offline, with nothing but Python 3: docs/audit-proof.md has the format.

    python3 check-proof.py proof.json [trusted public key]
Prints one sentence; exit code 0 when the proof holds, 1 when it does not, 2 when it was called wrongly.
"""
import base64, hashlib, json, re, sys


def sha(data): return hashlib.sha256(data).digest()


def number(x):
    """A number as ECMAScript writes it, which canonical JSON (RFC 8785) asks for."""
    if isinstance(x, int) and abs(x) < 10**21: return str(x)
    x = float(x)
    if x == 0: return "0"
    sign, (digits, exponent) = ("-" if x < 0 else ""), ("%r" % abs(x)).partition("e")[::2]
    whole, _, part = digits.partition(".")
    point = len(whole) + int(exponent or 0)
    all_digits = (whole + part)
    point -= len(all_digits) - len(all_digits.lstrip("0"))
    d = all_digits.strip("0")
    if 0 < point <= 21: out = d.ljust(point, "0") if len(d) <= point else d[:point] + "." + d[point:]
    elif -6 < point <= 0: out = "0." + "0" * -point + d
    else: out = d[0] + ("." + d[1:] if len(d) > 1 else "") + "e" + ("+" if point > 0 else "-") + str(abs(point - 1))
    return sign + out


def canonical(x):
    if isinstance(x, dict):
        keys = sorted(x, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(key) + ":" + canonical(x[key]) for key in keys) + "}"
    if isinstance(x, list): return "[" + ",".join(map(canonical, x)) + "]"
    if isinstance(x, (int, float)) and not isinstance(x, bool): return number(x)
    return json.dumps(x, ensure_ascii=False)


def leaf_hash(entry, salt):
    rest = {key: value for key, value in entry.items() if key not in ("changes", "reason")}
    values = canonical([entry["changes"], entry["reason"]])
    hashed = base64.urlsafe_b64encode(sha((salt + values).encode())).decode().rstrip("=") if salt else entry["reason"] or ""
    fields = sorted(entry["changes"], key=lambda key: key.encode("utf-16-be"))
    return sha(b"\0" + canonical({**rest, "fields": fields, "values": hashed}).encode())


def root_from(leaf, index, size, proof):
    """RFC 9162 section 2.1.3.2; None when the proof is too short or too long."""
    node, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0: return None
        if node % 2 or node == last:
            root = sha(b"\1" + sibling + root)
            while node % 2 == 0 and node: node, last = node >> 1, last >> 1
        else: root = sha(b"\1" + root + sibling)
        node, last = node >> 1, last >> 1
    return root if last == 0 else None


P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    x, y, z, t = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0]), 2 * a[2] * b[2], 2 * a[3] * b[3] * D
    e, f, g, h = y - x, z - t, z + t, y + x
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, point):
    result = (0, 1, 1, 0)
    while n: result, point, n = (add(result, point) if n & 1 else result), add(point, point), n >> 1
    return result


def unpacked(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign): raise ValueError("not a point")
    return ((P - x if x & 1 != sign else x), y, 1, (P - x if x & 1 != sign else x) * y % P)


def is_signed(key, message, signature):
    """Ed25519 (RFC 8032 section 5.1.7)."""
    r, s = unpacked(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    base = unpacked((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    left, right = times(s, base), add(r, times(h, unpacked(key)))
    return s < L and not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))


def check(file, trusted=None):
    if file["format"] != "pilothouse-journal-proof/1": return "this format is unknown"
    if trusted and trusted != file["publicKey"]: return "it is not signed by the key that you trust"
    name, key_id, key = re.fullmatch(r"(\S+)\+([0-9a-f]{8})\+(\S+)", file["publicKey"]).groups()
    raw = base64.b64decode(key)
    if sha(name.encode() + b"\n" + raw)[:4].hex() != key_id or raw[0] != 1: return "the public key is damaged"
    text, signatures = file["checkpoint"].split("\n\n", 1)
    origin, size, root = text.split("\n")[:3]
    lines = [base64.b64decode(line.split(" ")[2]) for line in signatures.splitlines() if line.startswith("— " + name + " ")]
    if not any(one[:4].hex() == key_id and is_signed(raw[1:], (text + "\n").encode(), one[4:]) for one in lines): return "the checkpoint is not signed by this key"
    if origin != name or int(size) != file["size"] or not 0 <= file["index"] < file["size"]: return "the checkpoint is of another log"
    found = root_from(leaf_hash(file["entry"], file["salt"]), file["index"], file["size"], [base64.b64decode(one) for one in file["proof"]])
    return None if found == base64.b64decode(root) else "the entry or its proof was changed"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3): print(__doc__.strip(), file=sys.stderr); sys.exit(2)
    try: file = json.load(open(sys.argv[1], encoding="utf-8")); because = check(file, *sys.argv[2:])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error: because = "it cannot be read (%s)" % error
    if because: print("The proof does NOT hold: %s." % because); sys.exit(1)
    print("The proof holds: entry %d of the %d that %s has signed." % (file["index"], file["size"], file["publicKey"].split("+")[0]))
