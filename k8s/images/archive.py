"""Writes layers as one image: an OCI layout in a tar, with the index that docker reads beside the one of OCI, and a CycloneDX list.

The same files give the same bytes: entries are sorted, owned by root and as old as the epoch.
"""

import argparse
import hashlib
import io
import json
import os
import tarfile
import zipfile

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", required=True)
parser.add_argument("--sbom", required=True)
parser.add_argument("--name", required=True, help="REGISTRY/NAME:TAG")
parser.add_argument("--arch", required=True)
parser.add_argument("--layer", action="append", default=[], help="directory; of /etc, /usr and so on")
parser.add_argument("--parts", action="append", default=[], help="file of lines: deb NAME VERSION, jdk VENDOR VERSION, jar FILE")
parser.add_argument("--entrypoint", action="append", default=[])
parser.add_argument("--cmd", action="append", default=[])
parser.add_argument("--env", action="append", default=[])
parser.add_argument("--user", default="")
options = parser.parse_args()

EPOCH = "1970-01-01T00:00:00Z"
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/opt/java/bin"


def plain(entry):
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = 0
    # What the umask of whoever builds took away.
    entry.mode |= 0o755 if entry.isdir() else 0o444
    return entry


def layer(directory):
    """Tar of a directory; hard links within it are told as such, whichever name comes first."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for parent, directories, files in os.walk(directory):
            directories.sort()
            links = [d for d in directories if os.path.islink(os.path.join(parent, d))]
            real = [d for d in directories if d not in links]
            for name in sorted(files + links + real):
                path = os.path.join(parent, name)
                tar.add(path, arcname=os.path.relpath(path, directory), recursive=False, filter=plain)
    return data.getvalue()


def blob(tar, data):
    digest = hashlib.sha256(data).hexdigest()
    add(tar, "blobs/sha256/" + digest, data)
    return digest


def add(tar, name, data):
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    entry.mode = 0o644
    tar.addfile(entry, io.BytesIO(data))


def text(value):
    return json.dumps(value, indent=2, sort_keys=True).encode()


def described(media_type, digest, data, **more):
    return {"mediaType": media_type, "digest": "sha256:" + digest, "size": len(data), **more}


def write():
    oci = "application/vnd.oci.image."
    with tarfile.open(options.out + ".part", "w", format=tarfile.GNU_FORMAT) as tar:
        layers, diffs = [], []
        for directory in options.layer:
            data = layer(directory)
            digest = blob(tar, data)
            diffs.append("sha256:" + digest)
            layers.append(described(oci + "layer.v1.tar", digest, data))
        run = {"Env": [PATH] + options.env, "Entrypoint": options.entrypoint, "Cmd": options.cmd, "User": options.user, "WorkingDir": "/"}
        config = text(
            {
                "architecture": options.arch,
                "os": "linux",
                "created": EPOCH,
                "config": {key: value for key, value in run.items() if value},
                "rootfs": {"type": "layers", "diff_ids": diffs},
                "history": [{"created": EPOCH, "created_by": os.path.basename(d)} for d in options.layer],
            }
        )
        config_digest = blob(tar, config)
        manifest = text(
            {
                "schemaVersion": 2,
                "mediaType": oci + "manifest.v1+json",
                "config": described(oci + "config.v1+json", config_digest, config),
                "layers": layers,
            }
        )
        digest = blob(tar, manifest)
        names = {"io.containerd.image.name": options.name, "org.opencontainers.image.ref.name": options.name.rpartition(":")[2]}
        platform = {"architecture": options.arch, "os": "linux"}
        index = described(oci + "manifest.v1+json", digest, manifest, annotations=names, platform=platform)
        add(tar, "index.json", text({"schemaVersion": 2, "mediaType": oci + "index.v1+json", "manifests": [index]}))
        add(tar, "oci-layout", text({"imageLayoutVersion": "1.0.0"}))
        paths = ["blobs/sha256/" + diff.removeprefix("sha256:") for diff in diffs]
        add(tar, "manifest.json", text([{"Config": "blobs/sha256/" + config_digest, "RepoTags": [options.name], "Layers": paths}]))
    os.replace(options.out + ".part", options.out)
    return digest


def library(name, version, purl):
    return {"type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl}


def of_jar(file):
    """What a jar says that was put into it."""
    with zipfile.ZipFile(file) as jar:
        for name in jar.namelist():
            if name.startswith("META-INF/maven/") and name.endswith("/pom.properties"):
                lines = jar.read(name).decode().splitlines()
                of = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
                group, artifact, version = of["groupId"], of["artifactId"], of["version"]
                yield library(group + ":" + artifact, version, f"pkg:maven/{group}/{artifact}@{version}")


def components():
    for file in options.parts:
        for line in open(file):
            kind, *words = line.split()
            if kind == "deb":
                yield library(*words, f"pkg:deb/debian/{words[0]}@{words[1]}?arch={options.arch}")
            elif kind == "jdk":
                yield library("jdk", words[1], f"pkg:generic/{words[0].lower()}/jdk@{words[1]}".replace("+", "%2B"))
            else:
                yield from of_jar(words[0])


image_digest = write()
found = {component["bom-ref"]: component for component in components()}
bom = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "version": 1,
    "metadata": {"component": {"type": "container", "name": options.name, "version": "sha256:" + image_digest}},
    "components": [found[key] for key in sorted(found)],
}
with open(options.sbom, "wb") as file:
    file.write(text(bom) + b"\n")
print(f"{options.name} sha256:{image_digest} {os.path.getsize(options.out) >> 20} MB {options.out}")
