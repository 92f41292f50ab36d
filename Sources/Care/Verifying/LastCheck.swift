internal import Archive
package import Catalog
internal import Foundation
internal import GRDB
package import Vocabulary

/// What the last check that read pictures found, as it stands in a file beside the archive (`PATH-verified`).
///
/// It is no row in the archive: a check opens the archive to read alone, so that it can run beside the capture that writes and on
/// an archive that nobody can write to, and what it looked at is the same before and after it. Where the folder cannot be written
/// either, a check is told to who ran it and to nobody else.
package struct LastCheck: Hashable, Sendable {
    /// When the check came to its end.
    package let at: Timestamp
    /// What it covered, as options of the command; empty for everything.
    package let options: String
    /// Of a long list the beginning.
    package let report: VerifyReport
    /// How many there were, of which the report's lists have some.
    package let damaged: Int
    package let suspect: Int

    /// Frames that are named, of each kind.
    static let mostNamed = 1000
    private static let longest = 4 << 20

    init(_ report: VerifyReport, of request: VerifyRequest, at: Timestamp) {
        var short = report
        short.damaged = Array(report.damaged.prefix(Self.mostNamed))
        short.suspect = Array(report.suspect.prefix(Self.mostNamed))
        (self.at, options, self.report) = (at, request.options, short)
        (damaged, suspect) = (report.damaged.count, report.suspect.count)
    }

    static func path(ofArchive path: String) -> String { ArchiveFile.resolved(path) + "-verified" }

    /// - Returns: `nil` where there is none, or one of another file or program: it tells nothing of this archive.
    static func read(ofArchive path: String, identity: String) -> LastCheck? {
        guard let file = try? PlainFile(at: Self.path(ofArchive: path), atMost: longest),
            let document = try? JSONDecoder().decode(LastCheckDocument.self, from: Data(file.bytes)),
            document.format == 1, document.archive == identity
        else { return nil }
        return LastCheck(document)
    }

    func write(besideArchive path: String, identity: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(LastCheckDocument(self, archive: identity))
            .write(to: URL(fileURLWithPath: Self.path(ofArchive: path)), options: .atomic)
    }
}

extension Catalog {
    /// Keeps what a check found; that of the structure alone is not kept, which would hide what the last real one found.
    ///
    /// - Returns: why it could not be kept; `nil` where it was.
    package func keep(_ report: VerifyReport, of request: VerifyRequest, at now: Timestamp) async -> String? {
        guard !request.quick else { return nil }
        do {
            try LastCheck(report, of: request, at: now).write(besideArchive: path, identity: await identity())
            return nil
        } catch {
            return "\(LastCheck.path(ofArchive: path)) cannot be written"
        }
    }

    /// What the last check of this archive found.
    package func lastCheck() async -> LastCheck? {
        await LastCheck.read(ofArchive: path, identity: identity())
    }

    /// The check that runs now, by whomever.
    ///
    /// - Returns: `nil` where none has noted lately how far it is.
    package func runningVerification(at now: Timestamp) -> VerifyProgress? {
        VerifyJournal.progress(ofArchive: path, at: now)
    }

    /// This file and no other: neither a copy nor a new archive in its place was checked.
    private func identity() async -> String {
        let origin = try? await pool.read {
            try String.fetchOne($0, sql: "SELECT created_at || ' ' || created_by FROM archive_info")
        }
        return "\(VerifyJournal.identity(ofArchive: ArchiveFile.resolved(path))) \((origin ?? nil) ?? "")"
    }
}

/// The file's content.
private struct LastCheckDocument: Codable {
    struct Damaged: Codable {
        let frame: Int64
        let sha256: [UInt8]
        let problem: String
    }

    struct Suspect: Codable {
        let frame: Int64
        let suspect, place: String
        let noted: Bool
    }

    var format = 1
    let archive, options: String
    let at, bytes: Int64
    let frames, damagedFrames, suspectFrames, quarantined: Int
    let damaged: [Damaged]
    let suspect: [Suspect]
    let ledgerIsSound: Bool
    let problems: [String]

    init(_ check: LastCheck, archive: String) {
        let report = check.report
        (self.archive, options, at) = (archive, check.options, check.at.milliseconds)
        (frames, bytes, quarantined) = (report.framesChecked, report.bytesChecked.bytes, report.quarantined)
        (damagedFrames, suspectFrames) = (check.damaged, check.suspect)
        damaged = report.damaged.map {
            Damaged(frame: $0.frame.number, sha256: $0.sha256.bytes, problem: $0.problem)
        }
        suspect = report.suspect.map {
            Suspect(
                frame: $0.frame.number, suspect: $0.suspicion.kind.rawValue, place: $0.suspicion.place,
                noted: $0.isNoted)
        }
        (ledgerIsSound, problems) = (report.ledgerIsSound, report.problems + report.unread)
    }
}

extension LastCheck {
    fileprivate init(_ document: LastCheckDocument) {
        var report = VerifyReport()
        (report.framesChecked, report.bytesChecked) = (document.frames, ByteCount(document.bytes))
        (report.quarantined, report.ledgerIsSound) = (document.quarantined, document.ledgerIsSound)
        report.problems = document.problems
        report.damaged = document.damaged.compactMap { damaged in
            SHA256Digest(bytes: damaged.sha256).map {
                DamagedFrame(frame: FrameID(damaged.frame), sha256: $0, problem: damaged.problem)
            }
        }
        report.suspect = document.suspect.compactMap { suspect in
            Suspicion.Kind(rawValue: suspect.suspect).map {
                SuspectFrame(
                    frame: FrameID(suspect.frame), suspicion: Suspicion($0, at: suspect.place), isNoted: suspect.noted)
            }
        }
        (at, options, self.report) = (Timestamp(milliseconds: document.at), document.options, report)
        (damaged, suspect) = (document.damagedFrames, document.suspectFrames)
    }
}
