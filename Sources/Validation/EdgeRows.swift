internal import CEntropyScan

/// The brightness and colour of a picture along the borders of its rows of minimum coded units, from its upper border to its lower
/// one: by how much each block's column steps up across them, and how restless it is above and below; see `entropy_scan`.
package struct EdgeRows: Sendable {
    /// One plane of samples.
    struct Component: Hashable, Sendable {
        /// Blocks side by side in a unit.
        let across: Int
        /// The quantizer of the blocks' means.
        let step: Int
    }

    let unitsAcross, unitsDown: Int
    let components: [Component]
    /// One component after the other, in `EDGE_PARTS` of a level.
    let values: [Int16]

    /// - Parameter read: writes each component's values down. It leaves some out of a damaged picture, whose edges nobody
    ///   looks at.
    init(
        unitsAcross: Int, unitsDown: Int, components: [Component],
        _ read: (UnsafeBufferPointer<UnsafeMutablePointer<Int16>?>) -> Void
    ) {
        (self.unitsAcross, self.unitsDown, self.components) = (unitsAcross, unitsDown, components)
        let starts = Self.starts(of: components, unitsAcross, unitsDown)
        let count = components.reduce(0) { $0 + $1.across } * unitsAcross * (unitsDown + 1) * 3
        values = [Int16](unsafeUninitializedCapacity: count) { values, initialized in
            let places = starts.map { start in values.baseAddress.map { $0 + start } }
            places.withUnsafeBufferPointer(read)
            initialized = count
        }
    }

    /// Where each component begins among the values.
    private var starts: [Int] { Self.starts(of: components, unitsAcross, unitsDown) }

    private static func starts(of components: [Component], _ unitsAcross: Int, _ unitsDown: Int) -> [Int] {
        var start = 0
        return components.map { component in
            defer { start += 3 * component.across * unitsAcross * (unitsDown + 1) }
            return start
        }
    }

    /// The place that looks most like the seam that damage leaves: in the picture alone, or beside the one before.
    ///
    /// - Parameter least: a strength below which it may be told as one of none. That saves nearly all of the time where there is none.
    /// - Returns: `nil` where there is nothing to compare: the picture before has another size or sampling.
    func strongestSeam(after before: EdgeRows? = nil, least: Float = 0) -> Seam? {
        if let before, !isComparable(to: before) { return nil }
        let earlier = before?.values ?? []
        return values.withUnsafeBufferPointer { values in
            earlier.withUnsafeBufferPointer { earlier in
                let entries = zip(components, starts).map { component, start in
                    seam_component(
                        across: UInt32(component.across), step: UInt32(component.step),
                        edges: values.baseAddress.map { $0 + start },
                        before: before == nil ? nil : earlier.baseAddress.map { $0 + start })
                }
                return strongestSeam(of: entries, least)
            }
        }
    }

    private func strongestSeam(of entries: [seam_component], _ least: Float) -> Seam? {
        var picture = seam_picture()
        picture.units_across = UInt32(unitsAcross)
        picture.units_down = UInt32(unitsDown)
        picture.component_count = UInt32(entries.count)
        picture.components.0 = entries[0]
        if entries.count == 3 { (picture.components.1, picture.components.2) = (entries[1], entries[2]) }
        var found = seam()
        guard seam_find(&picture, least, &found) else { return nil }
        return Seam(
            strength: found.strength, row: Int(found.row), unit: Int(found.unit), height: found.height,
            component: Int(found.component))
    }

    private func isComparable(to other: EdgeRows) -> Bool {
        unitsAcross == other.unitsAcross && unitsDown == other.unitsDown
            && components.map(\.across) == other.components.map(\.across)
    }
}
