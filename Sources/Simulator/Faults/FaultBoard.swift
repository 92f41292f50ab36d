/// The faults that are armed, and whose turn it is.
struct FaultBoard: Sendable {
    private struct Armed {
        var fault: Fault
        var asked = 0
        var struck = 0
    }

    private var armed: [Armed] = []
    private var tears = 0

    /// What is armed, in the order in which it was.
    var faults: [Fault] { armed.map(\.fault) }

    /// Arms a fault, in place of an earlier one of the same kind at the same places.
    mutating func arm(_ fault: Fault) {
        armed.removeAll { $0.fault.kind == fault.kind && $0.fault.places == fault.places }
        armed.append(Armed(fault: fault))
    }

    mutating func clear() {
        armed.removeAll()
    }

    /// Disarms the fault of this kind at these places, and no other of its kind.
    mutating func disarm(_ fault: Fault) {
        armed.removeAll { $0.fault.kind == fault.kind && $0.fault.places == fault.places }
    }

    mutating func clear(_ kind: FaultKind) {
        armed.removeAll { $0.fault.kind == kind }
    }

    /// The fault that strikes a request, if any does. Of those that are due the first wins, in the server's order of
    /// checks and then in the order of arming; the others stay due only by their own count.
    mutating func strike(_ place: FaultPlace) -> Fault? {
        let order = armed.indices.sorted {
            (armed[$0].fault.kind.precedence, $0) < (armed[$1].fault.kind.precedence, $1)
        }
        for index in order where armed[index].fault.places.contains(place) {
            armed[index].asked += 1
            guard armed[index].asked % armed[index].fault.every == 0 else { continue }
            armed[index].struck += 1
            var fault = armed[index].fault
            if let left = fault.next {
                armed[index].fault.next = left - 1
                if left <= 1 { armed.remove(at: index) }
            }
            if fault.kind == .torn {
                fault.kind = FaultKind.tears[tears % FaultKind.tears.count]
                tears += 1
            }
            return fault
        }
        return nil
    }
}
