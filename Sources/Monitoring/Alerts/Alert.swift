package import Archive
package import Vocabulary

/// Something that the owner of a job is told.
package struct Alert: Hashable, Sendable {
    package let kind: AlertKind
    /// Those that it is about: one, the ones that share an account, or none where it is about the archive.
    package let cameras: [CameraName]
    package let at: Timestamp
    /// What happened, for a person: one or two sentences that name the camera.
    package let message: String
    /// What the person does now, where there is something to do.
    package let hint: String?
    /// The timelapse that is ready, where it is about one.
    package let timelapse: ArchivedTimelapse?

    init(
        _ kind: AlertKind, _ cameras: [CameraName], at time: Timestamp, _ message: String, hint: String? = nil,
        timelapse: ArchivedTimelapse? = nil
    ) {
        (self.kind, self.cameras, at, self.message, self.hint) = (kind, cameras, time, message, hint)
        self.timelapse = timelapse
    }
}

extension Alert: AlertDocument {
    package static let fields: [Field<Self>] = document + [Field("timelapse", \.timelapse)]
}
