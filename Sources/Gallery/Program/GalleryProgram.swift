package import Catalog
package import Vocabulary

/// What the program supplies to its gallery: what needs the configuration, the accounts, the archive's writer or ffmpeg, none of
/// which the gallery knows.
///
/// Functions throw ``GalleryFailure`` where a visitor is to be told.
package protocol GalleryProgram: Sendable {
    var version: String { get }
    /// Whether it tells of each frame as soon as it is on disk, because it stores them itself; else the archive is asked.
    var tellsFrames: Bool { get }

    /// The cameras of the configuration and the archive, in the order of their names.
    func cameraNames() async throws -> [CameraName]
    /// What is said of cameras that stand so in the archive, in their order.
    func cameras(_ standings: [CameraStanding], at now: Timestamp) async throws -> [GalleryCamera]
    /// As `status --json` says it, and `bytes_per_day`.
    func status(of cameras: [GalleryCamera]) async throws -> any KeyedRecord
    /// As `doctor --json` says them, without asking a camera or the network.
    func findings() async throws -> [any KeyedRecord]
    /// As `usage --json` says it, once an account.
    func usage() async throws -> [any KeyedRecord]
    /// The last check of the archive, and the one that runs.
    func verification() async throws -> GalleryVerification
    /// In Prometheus's text format 0.0.4.
    func metrics() async throws -> String

    func mark(_ marking: GalleryMarking) async throws -> GalleryMarkReport
    /// - Parameter undo: what a marking gave for that.
    /// - Returns: `false` where nothing is known of it any more.
    func undo(_ undo: String) async throws -> Bool

    /// As `export --plan --json` says it, and the command.
    ///
    /// - Parameter triesSize: whether a part is encoded to see how large it becomes, which takes seconds.
    func plan(_ options: TimelapseOptions, triesSize: Bool) async throws -> any Encodable & Sendable
    /// All that visitors had made, the newest first. What rules have made stands in the archive.
    func timelapses() async throws -> [GalleryTimelapse]
    func make(_ options: TimelapseOptions) async throws -> GalleryTimelapse
    /// - Returns: `nil` where it is in no state for that.
    func cancel(timelapse id: String) async throws -> GalleryTimelapse?
    /// Removes it, whoever had it made.
    ///
    /// - Returns: `false` where it is in no state for that.
    func delete(timelapse id: String) async throws -> Bool

    /// Called once, before anything else: where to tell what is new of timelapses and checks.
    func tell(_ news: @escaping @Sendable (GalleryNews) -> Void) async
}

/// Something that a visitor is told instead of an answer.
package enum GalleryFailure: Error, Sendable {
    /// What was asked for cannot be.
    case refused(detail: String, hint: String?)
    case noSuchCamera(String)
    case noSuchFrame(FrameID)
    case noSuchPrint(Int64)
    /// As many as can be are at work.
    case busy
}

/// A camera, as its card shows it.
package struct GalleryCamera: Sendable {
    package let name: CameraName
    /// As a camera of `status --json`.
    package let state: any KeyedRecord
    package let source: String?
    package let interval: Duration?
    package let isConfigured: Bool
    /// What the person does now, where it is not well.
    package let hint: String?
    /// When the allowance's cap is met at this month's pace, where that is before it begins anew.
    package let capMetAt: Timestamp?

    package init(
        name: CameraName, state: any KeyedRecord, source: String?, interval: Duration?, isConfigured: Bool,
        hint: String?,
        capMetAt: Timestamp?
    ) {
        (self.name, self.state, self.source, self.interval) = (name, state, source, interval)
        (self.isConfigured, self.hint, self.capMetAt) = (isConfigured, hint, capMetAt)
    }
}

package struct GalleryVerification: Sendable {
    /// The last check that came to its end.
    package var last: Last?
    package var running: Running?

    package struct Last: Sendable {
        package let at: Timestamp
        /// What it covered, as options of the command; empty for everything.
        package let options: String
        /// What it found, as `verify --json` says it; of long lists the beginning.
        package let report: any KeyedRecord
        package let damagedFrames: Int
        package let suspectFrames: Int

        package init(at: Timestamp, options: String, report: any KeyedRecord, damagedFrames: Int, suspectFrames: Int) {
            (self.at, self.options, self.report) = (at, options, report)
            (self.damagedFrames, self.suspectFrames) = (damagedFrames, suspectFrames)
        }
    }

    package struct Running: Sendable {
        package let picturesChecked: Int
        package let pictures: Int
        package let bytesChecked: ByteCount

        package init(picturesChecked: Int, pictures: Int, bytesChecked: ByteCount) {
            (self.picturesChecked, self.pictures, self.bytesChecked) = (picturesChecked, pictures, bytesChecked)
        }
    }

    package init(last: Last? = nil, running: Running? = nil) {
        (self.last, self.running) = (last, running)
    }
}

/// What is new, besides what the archive tells.
package enum GalleryNews: Sendable {
    /// A frame is on disk, and those that were stored before it.
    case frame(FrameID)
    case timelapse(GalleryTimelapse)
    case verification(GalleryVerification)
}
