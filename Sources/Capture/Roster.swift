import Vocabulary

/// The cameras of a job, and what another set of cameras would change of them.
struct Roster: Sendable {
    private(set) var cameras: [CameraName: CameraSetup] = [:]

    struct Change: Hashable, Sendable {
        var added: [CameraSetup] = []
        var removed: [CameraName] = []
        /// As they are to be from now on.
        var changed: [CameraSetup] = []
    }

    /// Takes the new set; each part of the change is in the order of names.
    mutating func update(to setups: [CameraSetup]) -> Change {
        let new = Dictionary(setups.map { ($0.name, $0) }) { first, _ in first }
        var change = Change()
        for (name, setup) in new.sorted(by: { $0.key < $1.key }) {
            switch cameras[name] {
            case nil: change.added.append(setup)
            case setup?: break
            case .some: change.changed.append(setup)
            }
        }
        change.removed = cameras.keys.filter { new[$0] == nil }.sorted()
        cameras = new
        return change
    }
}
