internal import Archive
internal import GRDB
internal import Validation
internal import Vocabulary

extension ArchiveVerifier {
    /// Finds the frames that show damaged or suspect pictures and those that are known to, in one pass over all frames.
    func name(_ findings: inout Findings) async throws {
        let (suspects, doubts, seams) = (findings.suspects, findings.doubts, findings.seams)
        let found = try await read("the list of frames", &findings) { database in
            try Self.frames(showing: suspects, doubts, seams, in: database)
        }
        guard let found else { return }
        findings.report.damaged = found.report.damaged
        findings.report.suspect = found.report.suspect
        findings.report.quarantined = found.quarantined.count
        (findings.frames, findings.quarantined, findings.newest) = (found.frames, found.quarantined, found.newest)
    }

    private static func frames(
        showing suspects: Suspects, _ doubts: [SHA256Digest: Suspicion], _ seams: [SHA256Digest: Seam],
        in database: Database
    ) throws -> Findings {
        var found = Findings()
        found.newest = try FrameTable.newest(in: database)
        let all = "SELECT id, sha256, damaged_at IS NOT NULL, suspect, suspect_place, camera_id FROM frame"
        let rows = try Row.fetchCursor(
            database,
            sql: suspects.isEmpty && doubts.isEmpty && seams.isEmpty
                ? all + " WHERE damaged_at IS NOT NULL OR suspect IS NOT NULL ORDER BY id" : all + " ORDER BY id")
        var cameras = OddCameras()
        var scenes = Scenes()
        while let row = try rows.next() {
            let (id, sha256) = (FrameID(try row.value(at: 0)), try row.sha256(at: 1))
            let isKnown: Bool = try row.value(at: 2)
            let noted = try row.wordIfAny(at: 3).map { Suspicion($0, at: try row.value(at: 4) ?? "") }
            let problem = suspects[sha256]
            if let problem, !isKnown, problem.hasPrefix(PictureCheck.leftOver) {
                cameras.add(DamagedFrame(frame: id, sha256: sha256, problem: problem), of: try row.value(at: 5), noted)
                continue
            }
            cameras.addOther(of: try row.value(at: 5))
            if isKnown {
                found.quarantined.insert(id)
            } else if let problem {
                found.report.damaged.append(DamagedFrame(frame: id, sha256: sha256, problem: problem))
            } else if let suspicion = noted ?? doubts[sha256] {
                found.report.suspect.append(SuspectFrame(frame: id, suspicion: suspicion, isNoted: noted != nil))
            } else if let seam = seams[sha256] {
                scenes.add(seam, in: sha256, of: try row.value(at: 5), frame: id)
            }
            if isKnown || problem != nil { found.frames[sha256, default: []].append(id) }
        }
        found.report.suspect += scenes.suspects
        cameras.settle(&found)
        return found
    }
}

/// Seams that were found, camera by camera: one that comes back at its place from other bytes is of a thing that the camera sees.
private struct Scenes {
    private var cameras: [Int64: [(frame: FrameID, picture: SHA256Digest, seam: Seam)]] = [:]

    mutating func add(_ seam: Seam, in picture: SHA256Digest, of camera: Int64, frame: FrameID) {
        cameras[camera, default: []].append((frame, picture, seam))
    }

    var suspects: [SuspectFrame] { cameras.values.flatMap(Self.suspects) }

    private static func suspects(
        among found: [(frame: FrameID, picture: SHA256Digest, seam: Seam)]
    ) -> [SuspectFrame] {
        let rows = Dictionary(grouping: found, by: \.seam.row)
        var suspects: [SuspectFrame] = []
        for one in found {
            let isExplained = rows[one.seam.row, default: []].contains { other in
                other.picture != one.picture
                    && (other.seam.isOfSameThing(as: one.seam)
                        // A sound picture looks torn beside a torn one: the step is the other way.
                        || other.frame.number < one.frame.number && other.seam.isUndone(by: one.seam))
            }
            if isExplained { continue }
            suspects.append(SuspectFrame(frame: one.frame, suspicion: one.seam.suspicion, isNoted: false))
        }
        return suspects
    }
}

/// Frames in whose scans bytes are left over, camera by camera: they were torn, unless the camera has no others.
private struct OddCameras {
    private var torn: [Int64: [(frame: DamagedFrame, noted: Suspicion?)]] = [:]
    /// Cameras that have other frames.
    private var orderly: Set<Int64> = []

    /// So many are the camera's way.
    private static let least = 8

    mutating func add(_ frame: DamagedFrame, of camera: Int64, _ noted: Suspicion?) {
        torn[camera, default: []].append((frame, noted))
    }

    mutating func addOther(of camera: Int64) { orderly.insert(camera) }

    func settle(_ found: inout ArchiveVerifier.Findings) {
        for (camera, frames) in torn {
            let isOdd = !orderly.contains(camera) && frames.count >= Self.least
            for (frame, noted) in frames {
                if isOdd || noted?.kind == .oddScan {
                    let suspicion = noted ?? Suspicion(.oddScan, at: frame.problem)
                    found.report.suspect.append(
                        SuspectFrame(frame: frame.frame, suspicion: suspicion, isNoted: noted != nil))
                } else {
                    found.report.damaged.append(frame)
                    found.frames[frame.sha256, default: []].append(frame.frame)
                }
            }
        }
        found.report.damaged.sort { $0.frame.number < $1.frame.number }
        found.report.suspect.sort { $0.frame.number < $1.frame.number }
    }
}
