package org.tuxtape.consumer;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleFinder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Every type that a caller meets in a public or protected signature of an exported package is an allowed one. */
final class ExportedSignatures extends ArchCondition<JavaClass> {
    private static final Set<String> JDK_PACKAGES = ModuleFinder.ofSystem().findAll().stream()
            .flatMap(module -> module.descriptor().exports().stream())
            .filter(exports -> !exports.isQualified())
            .map(exports -> exports.source())
            .collect(toUnmodifiableSet());

    private final Set<String> exportedPackages;
    private final Predicate<String> allowedPackage;

    /** Checks the classes of {@code exportedPackages}; what the JDK exports is always allowed. */
    ExportedSignatures(Set<String> exportedPackages, Predicate<String> allowedPackage) {
        super("show only allowed types in the signatures of exported packages");
        this.exportedPackages = exportedPackages;
        this.allowedPackage = allowedPackage;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
            return;
        }
        report(type, type.getName(), shownBy(type), events);
        for (JavaField field : type.getFields()) {
            if (isVisible(field)) {
                report(type, field.getFullName(), shownBy(field), events);
            }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isVisible(unit)) {
                report(type, unit.getFullName(), shownBy(unit), events);
            }
        }
    }

    private void report(JavaClass type, String place, Set<JavaClass> shownTypes, ConditionEvents events) {
        for (JavaClass shown : shownTypes) {
            JavaClass element = shown.getBaseComponentType();
            boolean allowed = element.isPrimitive()
                    || JDK_PACKAGES.contains(element.getPackageName())
                    || allowedPackage.test(element.getPackageName());
            events.add(new SimpleConditionEvent(type, allowed, place + " shows " + element.getName()));
        }
    }

    private boolean isVisible(JavaClass type) {
        return isOpen(type.getModifiers())
                && exportedPackages.contains(type.getPackageName())
                && type.getEnclosingClass().map(this::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isOpen(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Set<JavaClass> shownBy(JavaClass type) {
        Set<JavaClass> shown = new HashSet<>();
        type.getSuperclass().ifPresent(parent -> shown.addAll(parent.getAllInvolvedRawTypes()));
        type.getInterfaces().forEach(parent -> shown.addAll(parent.getAllInvolvedRawTypes()));
        addBounds(type.getTypeParameters(), shown);
        addAnnotations(type.getAnnotations(), shown);
        return shown;
    }

    private static Set<JavaClass> shownBy(JavaField field) {
        Set<JavaClass> shown = new HashSet<>(field.getType().getAllInvolvedRawTypes());
        addAnnotations(field.getAnnotations(), shown);
        return shown;
    }

    private static Set<JavaClass> shownBy(JavaCodeUnit unit) {
        Set<JavaClass> shown = new HashSet<>(unit.getReturnType().getAllInvolvedRawTypes());
        unit.getParameterTypes().forEach(parameter -> shown.addAll(parameter.getAllInvolvedRawTypes()));
        unit.getThrowsClause().forEach(thrown -> shown.add(thrown.getRawType()));
        addBounds(unit.getTypeParameters(), shown);
        addAnnotations(unit.getAnnotations(), shown);
        unit.getParameterAnnotations().forEach(annotations -> addAnnotations(annotations, shown));
        return shown;
    }

    private static void addBounds(List<? extends JavaTypeVariable<?>> variables, Set<JavaClass> shown) {
        variables.forEach(
                variable -> variable.getUpperBounds().forEach(bound -> shown.addAll(bound.getAllInvolvedRawTypes())));
    }

    private static void addAnnotations(Iterable<? extends JavaAnnotation<?>> annotations, Set<JavaClass> shown) {
        annotations.forEach(annotation -> shown.add(annotation.getRawType()));
    }
}
