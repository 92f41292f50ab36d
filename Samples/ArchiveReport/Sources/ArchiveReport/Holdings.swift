import Catalog
import Vocabulary

/// What an archive holds.
struct Holdings {
    let catalog: Catalog

    /// Reading never blocks a capture that writes to the same archive.
    init(of archive: String) throws {
        catalog = try Catalog.open(at: archive)
    }

    func printCameras() async throws {
        for camera in try await catalog.cameras() {
            let total = try await catalog.count(FrameQuery(camera: camera.name))
            print("\(camera.name): \(total.frames) frames, \(total.bytes)")
            if let frame = camera.lastFrame {
                print("  last frame: \(frame.id), \(frame.size), captured at \(frame.capturedAt)")
            }
            if let run = camera.lastRun {
                print("  last outcome: \(run.outcome.phrase(because: run.detail))")
            }
        }
    }

    /// The newest ten holes, each with its reason.
    func printHoles() async throws {
        let holes = TimelineQuery(outcomes: SlotOutcome.gaps, limit: 10, order: .newestFirst)
        for run in try await catalog.timeline(holes) {
            print("  from \(run.from) to \(run.until): \(run.outcome.phrase(because: run.detail))")
        }
    }

    /// A picture is hashed again on its way out: one that was changed at rest is an error, and never shown.
    func printNewestPicture() async throws {
        let newest = FrameQuery(limit: 1, order: .newestFirst)
        for frame in try await catalog.frames(newest) {
            let picture = try await catalog.picture(of: frame)
            print("newest picture: \(picture.readableBytes) bytes of JPEG, of \(frame.camera)")
        }
    }
}
