"""Tell the others when a day has come on which a register says something else: nobody changes it on that day."""

from framework_svc.application.commands.registers import today
from framework_svc.application.ports import UnitOfWork
from framework_svc.domain.register_changes import as_read, register_changed
from service_kit.clock import Clock


def tell_registers(uow: UnitOfWork, clock: Clock) -> int:
    """Tell every register that is another one today than on the day it was told last; return their number."""
    day = today(clock)
    told = 0
    with uow:
        for population, last in uow.populations.not_told_since(day):
            is_other = as_read(population, day) != as_read(population, last) or population.on(day) != population.on(
                last
            )
            if is_other:
                uow.publish(register_changed(population, day))
                told += 1
            uow.populations.save_told(population.code, day)
        uow.commit()
    return told
