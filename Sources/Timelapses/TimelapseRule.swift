package import FoundationEssentials
package import Vocabulary

/// What the owner wants to have made: when, of what, how, where, and what then.
package struct TimelapseRule: Hashable, Sendable {
    /// By which it is known, also in the archive.
    package var name: String
    package var occasion: TimelapseOccasion
    /// Of these cameras; of all where there are none.
    package var cameras: Set<CameraName> = []
    package var prints = PrintFilter()
    /// Of fewer frames none is made.
    package var leastFrames = Self.standardLeastFrames
    /// The folder for the files.
    package var folder: String
    /// One file of each; the first is the timelapse, the others go with it.
    package var names: [TimelapseName]
    /// How it is made.
    package var options: [ExportSetting] = []
    package var keeping = TimelapseKeeping()
    /// By whose clocks days begin and files are named.
    package var timeZone = TimeZone.current

    /// A third of a second at 30 a second: less is no film.
    package static let standardLeastFrames = 10

    package init(name: String, occasion: TimelapseOccasion, folder: String, names: [TimelapseName]? = nil) {
        (self.name, self.occasion, self.folder) = (name, occasion, folder)
        self.names = names ?? [.standard(for: occasion)]
    }

    package func takes(_ camera: CameraName) -> Bool { cameras.isEmpty || cameras.contains(camera) }
}

/// When there is a new one.
package enum TimelapseOccasion: Hashable, Sendable {
    /// A print is over, and did not go on for so long.
    case afterPrint(patience: Duration)
    /// A period has ended.
    case every(CalendarPeriod, at: TimeOfDay)
    /// Always: of the time just past, made anew now and then.
    case rolling(Duration, renewed: Duration)

    /// For a printer that is set going again.
    package static let standardPatience = Duration.seconds(60)
    package static let standardRenewal = Duration.seconds(3600)

    /// What a rule is called that has no other name.
    package var name: String {
        switch self {
        case .afterPrint: "print"
        case .every(let period, _): period.rawValue
        case .rolling: "rolling"
        }
    }
}

/// An option of an export under its own name, without the hyphens in front.
package struct ExportSetting: Hashable, Sendable {
    package let name: String
    /// As the owner wrote it; `yes` or `no` for one that is on or off.
    package let value: String

    package init(name: String, value: String) { (self.name, self.value) = (name, value) }
}
