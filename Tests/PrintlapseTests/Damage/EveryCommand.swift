import Foundation

/// Every command that opens an archive.
enum EveryCommand {
    /// Those that change nothing.
    static let reading = [
        "frames", "frames --json", "frames --order newest --limit 3", "frames --dark", "frames --changed --limit 3",
        "frames --near 2", "frames --at 2027-01-15T08:00:31Z", "frames --since 2027-01-15T08:00:31Z --format csv",
        "frame 2", "frame 2 --json", "prints", "prints --json", "when --camera printer --region 0,0,32,32 --json",
        "timeline", "timeline --json", "timeline --gaps",
        "timeline --since 2027-01-15T08:00:31Z --until 2027-01-15T08:01:31Z", "stats", "stats --json", "stats --by day",
        "stats --by hour", "stats --by camera", "stats --by print",
        "stats --since 2027-01-15T08:00:31Z --until 2027-01-15T08:01:31Z", "status", "cameras", "usage --history",
        "doctor", "schema", "verify", "verify --quick --json", "verify --since 2027-01-15T08:00:31Z --json",
        "prune --max-age 1d", "prune --max-size 1kB", "prune --keep all:1h --keep 1m:1d",
        "compact --dry-run",
    ]
    /// Those that write: into files of their own, other archives, and at last the archive itself.
    static let writing = [
        "backup OUT/backup.sqlite", "export OUT/a.zip", "export OUT/b.mkv --lossless", "export OUT/c.jpg",
        "export OUT/d.mp4 --plan", "export OUT/frames",
        "export OUT/e.mp4 --real-time 60x --squeeze 10s --plan", "export OUT/f.jpg --sheet keogram",
        "export OUT/g.zip --exif", "import ARCHIVE --archive OUT/merged.sqlite",
        "import ARCHIVE --archive OUT/merged.sqlite --dry-run", "pin 3", "exclude --print 1", "note 2 --text seen",
        "prune --max-age 100000d --apply", "compact",
        "capture --url http://127.0.0.1:1/x.jpg --camera printer --slots 1 --interval 500ms", "verify --repair --json",
        "verify --json",
    ]

    /// What the program is told for a line.
    static func arguments(_ line: String, archive: URL, out: URL) -> [String] {
        let arguments = line.split(separator: " ").map { word in
            String(word).replacing("OUT", with: out.path).replacing("ARCHIVE", with: archive.path)
        }
        guard !arguments.contains("--archive"), arguments[0] != "schema" else { return arguments }
        return arguments + ["--archive", archive.path]
    }
}
