/// The lights in the room: a lamp above the printer's left front corner, a window to the right, and what the walls throw back.
struct Lighting: Sendable {
    static let lamp = Vector(-190, -140, 340)
    private static let window = Vector(0.80, -0.32, 0.51)
    private static let lampColor = LinearColor(0.98, 0.90, 0.77)
    private static let windowColor = LinearColor(0.16, 0.20, 0.27)
    private static let wallColor = LinearColor(0.125, 0.125, 0.13)

    /// The light that a surface of that normal gets at a place.
    static func light(at place: Vector, normal: Vector) -> LinearColor {
        let toLamp = lamp - place
        let distance = toLamp.length
        let falloff = min(1.9, 390.0 * 390 / (distance * distance))
        let facing = max(0, normal.dot(toLamp) / distance) * falloff
        let sky = 0.62 + 0.38 * normal.z
        return lampColor * Float(facing * 0.95)
            + windowColor * Float(max(0, normal.dot(window)))
            + wallColor * Float(sky)
    }

    /// Where the lamp throws the shadow of a point on a level plane.
    static func shadow(of point: Vector, on level: Double) -> Vector {
        let height = max(1, lamp.z - point.z)
        let share = (lamp.z - level) / height
        return Vector(
            lamp.x + (point.x - lamp.x) * share, lamp.y + (point.y - lamp.y) * share, level)
    }
}
