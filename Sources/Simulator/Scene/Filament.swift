/// What the part is made of.
struct Filament: Sendable {
    let albedo: LinearColor

    private static let shelf: [LinearColor] = [
        LinearColor(0.78, 0.20, 0.015), LinearColor(0.02, 0.36, 0.34), LinearColor(0.62, 0.035, 0.03),
        LinearColor(0.30, 0.50, 0.03), LinearColor(0.70, 0.68, 0.62),
    ]

    init(number: Int) {
        albedo = Self.shelf[number % Self.shelf.count]
    }

    /// The colour of a surface at a place, with the gloss of molten plastic.
    func color(at place: Vector, normal: Vector, eye: Vector, gloss: Float = 0.16) -> LinearColor {
        let toLamp = (Lighting.lamp - place).normalized
        let half = (toLamp + (eye - place).normalized).normalized
        var shine = max(0, half.dot(normal))
        shine *= shine
        shine *= shine
        shine *= shine
        shine *= shine
        return albedo * Lighting.light(at: place, normal: normal) + .grey(gloss * Float(shine))
    }
}
