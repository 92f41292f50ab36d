import ArgumentParser
import Capture
import Catalog
import FoundationEssentials
import Settings
import Tunnel
import Vocabulary

/// A camera as far as anything here knows of it.
struct KnownCamera {
    let name: CameraName
    let configuration: JobConfiguration.Camera?
    let isAuthorized: Bool
    let archived: ArchivedCamera?

    /// Where its pictures come from; `nil` where only its frames are known.
    var source: String? {
        guard let configuration else { return isAuthorized ? "tunnel" : nil }
        switch configuration.address {
        case .url: return "url"
        case .endpointFile, .endpointVariable, .authorized: break
        }
        return switch configuration.pictures {
        case .announced: "tunnel"
        case .live: "tunnel, live"
        case .both: "tunnel, auto"
        }
    }

    var interval: Duration? {
        configuration?.policy.interval ?? (isAuthorized ? CapturePolicy().interval : nil)
    }
}

extension KnownCamera: KeyedRecord {
    static let fields: [Field<Self>] = [
        Field("camera", \.name),
        Field("source", \.source),
        Field("interval_seconds") { $0.interval.map { Double($0.milliseconds) / 1000 } },
        Field("last_outcome", \.archived?.lastRun?.outcome),
        Field("last_detail") { $0.archived?.lastRun?.detail?.label },
        Field("last_slot_at", \.archived?.lastRun?.lastSlot),
        Field("last_frame_at", \.archived?.lastFrame?.lastSeenAt),
        Field("configured") { $0.configuration != nil },
        Field("authorized", \.isAuthorized),
    ]
}
