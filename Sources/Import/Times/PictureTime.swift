internal import FoundationEssentials
internal import Vocabulary

/// Everything that tells when a picture was taken.
struct TimeAccounts: Hashable, Sendable {
    var manifest: Timestamp?
    var name: ToldTime?
    var exif: ToldTime?
    var file: ToldTime?
}

/// When a picture was taken, and what told it.
struct PictureTime: Hashable, Sendable {
    var instant: Timestamp
    let witness: TimeWitness

    /// The most trustworthy account there is; `nil` where there is none.
    ///
    /// - Parameter zone: of times that come without an offset.
    init?(_ accounts: TimeAccounts, zone: TimeZone) {
        // The file's date is poor as an account, and good enough to tell which of two equal hours is meant.
        let support = accounts.file.flatMap { file in
            if case .instant(let instant) = file { instant } else { nil }
        }
        func resolve(_ told: ToldTime, _ exact: TimeWitness, _ local: TimeWitness) -> (Timestamp, TimeWitness) {
            switch told {
            case .instant(let instant): (instant, exact)
            case .wall(let civil): (WallTime(civil, in: zone).instant(near: support), local)
            }
        }
        if let manifest = accounts.manifest {
            (instant, witness) = (manifest, .manifest)
        } else if let name = accounts.name {
            (instant, witness) = resolve(name, .name, .nameLocal)
        } else if let exif = accounts.exif {
            (instant, witness) = resolve(exif, .exif, .exifLocal)
        } else if let file = accounts.file {
            (instant, witness) = resolve(file, .fileDate, .fileDateLocal)
        } else {
            return nil
        }
    }
}
